package dev.forestall.server.security;

import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.StorageException;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Row;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of programs: in the database as hashes, and in memory, where each request is checked. For any thread. */
public final class ApiKeys {

    private static final String COLUMNS =
            "id, kind, name, hash, shown, source, scopes, created_at, revoked_at, last_used_at, replaced_by";
    private static final int ID_LENGTH = 10;

    /** So long both keys of a rotation hold: those of apps are in the hands of many, those of servers in those of few. */
    private static final Duration OVERLAP = Duration.ofDays(90);

    private static final Duration OVERLAP_OF_SECRETS = Duration.ofDays(7);

    /** That it was used is noted this often at most. */
    private static final Duration USED_EVERY = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

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
        Set<Scope> scopes = new TreeSet<>();
        row.texts("scopes").forEach(each -> Scope.of(each).ifPresent(scopes::add));
        return new ApiKey(
                tenant,
                row.text("id"),
                KeyText.Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
                row.text("name"),
                row.text("shown"),
                row.text("source"),
                scopes,
                row.millis("created_at"),
                row.optionalMillis("revoked_at"),
                row.optionalMillis("last_used_at"),
                row.optionalText("replaced_by").orElse(""));
    }

    /** The key of a text, if there is one that holds now. It counts as used. */
    public Optional<ApiKey> find(String text) {
        long now = clock.nowMillis();
        return KeyText.of(text)
                .flatMap(key -> Optional.ofNullable(byHash.get(key.hash()))
                        .filter(found -> found.holdsAt(now))
                        .map(found -> used(key.hash(), found, now)));
    }

    /** People want to know which keys nobody needs any more; that takes no row for each request. */
    private ApiKey used(String hash, ApiKey key, long now) {
        if (now - key.lastUsedMillis().orElse(0) < USED_EVERY.toMillis()) {
            return key;
        }
        ApiKey used = key.usedAt(now);
        if (byHash.replace(hash, key, used)) {
            Thread.ofVirtual().start(() -> noteUse(key.id(), now));
        }
        return used;
    }

    private void noteUse(String id, long now) {
        try {
            database.doIn(
                    tenant,
                    session -> session.change(
                            "UPDATE operational.keys SET last_used_at = ? WHERE id = ?",
                            Instant.ofEpochMilli(now),
                            id));
        } catch (StorageException down) {
            LOG.debug("When key {} was used could not be noted: {}", id, down.getMessage());
        }
    }

    /** The oldest first. */
    public List<ApiKey> list() {
        return byHash.values().stream()
                .sorted(Comparator.comparingLong(ApiKey::createdAtMillis).thenComparing(ApiKey::id))
                .toList();
    }

    /**
     * What a new key is to be.
     *
     * @param source whose events are sent with it; empty where none are
     * @param scopes what a secret one may be used for
     * @param holds how long; empty for without an end
     */
    public record Wish(KeyText.Kind kind, String name, String source, Set<Scope> scopes, Optional<Duration> holds) {

        /** One that holds without an end, and may be used for nothing but its kind. */
        public Wish(KeyText.Kind kind, String name, String source) {
            this(kind, name, source, Set.of(), Optional.empty());
        }
    }

    /** A key that was just made, and its text, which nobody can find out again. */
    public record Made(String id, KeyText text) {}

    /**
     * Makes a key.
     *
     * @param actor who makes it
     */
    public Made create(Wish wish, String actor) {
        return create(wish, actor, (session, made) -> {});
    }

    private Made create(Wish wish, String actor, BiConsumer<Session, Made> within) {
        KeyText text = KeyText.create(wish.kind(), random);
        Made made = new Made(Ids.create(random, ID_LENGTH), text);
        long now = clock.nowMillis();
        OptionalLong ends = wish.holds().isPresent()
                ? OptionalLong.of(now + wish.holds().get().toMillis())
                : OptionalLong.empty();
        List<String> scopes = wish.scopes().stream().map(Scope::key).sorted().toList();
        database.doIn(tenant, session -> {
            session.change(
                    "INSERT INTO operational.keys (tenant, id, kind, name, hash, shown, source, scopes, created_at, revoked_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    tenant,
                    made.id(),
                    kind(wish.kind()),
                    wish.name(),
                    text.hash(),
                    text.shown(),
                    wish.source(),
                    scopes,
                    Instant.ofEpochMilli(now),
                    instant(ends));
            audit.note(
                    session,
                    actor,
                    "key.created",
                    made.id(),
                    "",
                    (kind(wish.kind()) + " " + wish.name() + " " + String.join(" ", scopes)).strip());
            within.accept(session, made);
        });
        byHash.put(
                text.hash(),
                new ApiKey(
                        tenant,
                        made.id(),
                        wish.kind(),
                        wish.name(),
                        text.shown(),
                        wish.source(),
                        wish.scopes(),
                        now,
                        ends,
                        OptionalLong.empty(),
                        ""));
        return made;
    }

    private static String kind(KeyText.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Instant instant(OptionalLong millis) {
        return millis.isPresent() ? Instant.ofEpochMilli(millis.getAsLong()) : null;
    }

    private Optional<Map.Entry<String, ApiKey>> holding(String id) {
        long now = clock.nowMillis();
        return byHash.entrySet().stream()
                .filter(each -> each.getValue().id().equals(id))
                .filter(each -> each.getValue().holdsAt(now))
                .findFirst();
    }

    /**
     * Makes a key that takes another one's place. The old one goes on for some time, so that nothing stops while it is exchanged.
     *
     * @return the new one; nothing when there is none of this id that holds
     */
    public Optional<Made> rotate(String id, String actor) {
        return holding(id).map(found -> {
            ApiKey old = found.getValue();
            Duration overlap = old.kind() == KeyText.Kind.SECRET ? OVERLAP_OF_SECRETS : OVERLAP;
            long ends = Math.min(old.endsAtMillis().orElse(Long.MAX_VALUE), clock.nowMillis() + overlap.toMillis());
            // A key that was made for a while is followed by one for as long.
            Optional<Duration> holds = old.endsAtMillis().isPresent()
                    ? Optional.of(Duration.ofMillis(old.endsAtMillis().getAsLong() - old.createdAtMillis()))
                    : Optional.empty();
            Wish wish = new Wish(old.kind(), old.name(), old.source(), old.scopes(), holds);
            Made made = create(wish, actor, (session, next) -> {
                session.change(
                        "UPDATE operational.keys SET revoked_at = ?, replaced_by = ? WHERE id = ?",
                        Instant.ofEpochMilli(ends),
                        next.id(),
                        id);
                audit.note(session, actor, "key.rotated", id, "", "until " + Instant.ofEpochMilli(ends));
            });
            byHash.computeIfPresent(found.getKey(), (hash, key) -> key.ending(ends, made.id()));
            return made;
        });
    }

    /**
     * Takes a key's worth.
     *
     * @return whether there was one that held
     */
    public boolean revoke(String id, String actor) {
        Optional<Map.Entry<String, ApiKey>> found = holding(id);
        if (found.isEmpty()) {
            return false;
        }
        long now = clock.nowMillis();
        database.doIn(tenant, session -> {
            session.change("UPDATE operational.keys SET revoked_at = ? WHERE id = ?", Instant.ofEpochMilli(now), id);
            audit.note(session, actor, "key.revoked", id, "", "");
        });
        byHash.computeIfPresent(found.get().getKey(), (hash, key) -> key.ending(now, key.replacedBy()));
        return true;
    }
}
