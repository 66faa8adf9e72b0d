package dev.forestall.server.security;

import dev.forestall.loop.host.HostClock;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Row;
import dev.forestall.records.database.Tenant;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of programs: in the database as hashes, and in memory, where each request is checked. For any thread. */
public final class ApiKeys {

    private static final String COLUMNS = "id, kind, name, hash, shown, source, created_at, revoked_at";
    private static final int ID_LENGTH = 10;

    private final Database database;
    private final Tenant tenant;
    private final Audit audit;
    private final HostClock clock;
    private final SecureRandom random;
    private final Map<String, ApiKey> byHash = new ConcurrentHashMap<>();

    public ApiKeys(Database database, Tenant tenant, Audit audit, HostClock clock, SecureRandom random) {
        this.database = database;
        this.tenant = tenant;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        database.doIn(
                tenant,
                session -> session.list("SELECT " + COLUMNS + " FROM operational.keys", row -> {
                    byHash.put(row.text("hash"), read(row));
                    return true;
                }));
    }

    private ApiKey read(Row row) throws SQLException {
        return new ApiKey(
                tenant,
                row.text("id"),
                KeyText.Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
                row.text("name"),
                row.text("shown"),
                row.text("source"),
                row.millis("created_at"),
                row.optionalMillis("revoked_at"));
    }

    /** The key of a text, if there is one that holds now. */
    public Optional<ApiKey> find(String text) {
        return KeyText.of(text).map(key -> byHash.get(key.hash())).filter(key -> key.holdsAt(clock.nowMillis()));
    }

    /** The oldest first. */
    public List<ApiKey> list() {
        return byHash.values().stream()
                .sorted(java.util.Comparator.comparingLong(ApiKey::createdAtMillis)
                        .thenComparing(ApiKey::id))
                .toList();
    }

    /**
     * Makes a key.
     *
     * @param source whose events are sent with it; empty where none are
     * @param actor who makes it
     * @return its text, which nobody can find out again
     */
    public KeyText create(KeyText.Kind kind, String name, String source, String actor) {
        KeyText text = KeyText.create(kind, random);
        String id = Ids.create(random, ID_LENGTH);
        long now = clock.nowMillis();
        ApiKey key = new ApiKey(tenant, id, kind, name, text.shown(), source, now, java.util.OptionalLong.empty());
        database.doIn(tenant, session -> {
            session.change(
                    "INSERT INTO operational.keys (tenant, id, kind, name, hash, shown, source, created_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    tenant,
                    id,
                    kind.name().toLowerCase(Locale.ROOT),
                    name,
                    text.hash(),
                    text.shown(),
                    source,
                    Instant.ofEpochMilli(now));
            audit.note(session, actor, "key.created", id, "", kind.name().toLowerCase(Locale.ROOT) + " " + name);
        });
        byHash.put(text.hash(), key);
        return text;
    }

    /**
     * Takes a key's worth.
     *
     * @return whether there was one that held
     */
    public boolean revoke(String id, String actor) {
        Optional<Map.Entry<String, ApiKey>> found = byHash.entrySet().stream()
                .filter(each -> each.getValue().id().equals(id))
                .findFirst();
        long now = clock.nowMillis();
        if (found.isEmpty() || !found.get().getValue().holdsAt(now)) {
            return false;
        }
        database.doIn(tenant, session -> {
            session.change("UPDATE operational.keys SET revoked_at = ? WHERE id = ?", Instant.ofEpochMilli(now), id);
            audit.note(session, actor, "key.revoked", id, "", "");
        });
        byHash.computeIfPresent(
                found.get().getKey(),
                (hash, key) -> new ApiKey(
                        key.tenant(),
                        key.id(),
                        key.kind(),
                        key.name(),
                        key.shown(),
                        key.source(),
                        key.createdAtMillis(),
                        java.util.OptionalLong.of(now)));
        return true;
    }
}
