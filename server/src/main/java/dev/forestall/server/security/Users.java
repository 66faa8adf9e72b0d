package dev.forestall.server.security;

import dev.forestall.loop.host.HostClock;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Row;
import dev.forestall.records.database.Tenant;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/** People who may sign in. For any thread. */
public final class Users {

    /** The first one, who may do everything. */
    public static final String ADMINISTRATOR = "admin";

    /** So long holds a password that somebody else chose. */
    public static final Duration ONE_TIME = Duration.ofHours(24);

    /** A password of one's own has so many letters at least. */
    public static final int SHORTEST = 12;

    private final Database database;
    private final Tenant tenant;
    private final Audit audit;
    private final PasswordEncoder passwords;
    private final HostClock clock;
    private final SecureRandom random;

    public Users(
            Database database,
            Tenant tenant,
            Audit audit,
            PasswordEncoder passwords,
            HostClock clock,
            SecureRandom random) {
        this.database = database;
        this.tenant = tenant;
        this.audit = audit;
        this.passwords = passwords;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Somebody who may sign in.
     *
     * @param passwordHash of their password
     * @param oneTimeUntilMillis until when a password holds that somebody else chose; empty for one of their own
     * @param issuer the identity provider by which they sign in; empty for those who have a password here
     */
    public record User(
            String name, String passwordHash, OptionalLong oneTimeUntilMillis, List<String> roles, String issuer) {

        /** Whether an identity provider keeps their password and their role. */
        public boolean isOfProvider() {
            return !issuer.isEmpty();
        }

        /** Whether they have to choose a password of their own first. */
        public boolean mustChoosePassword() {
            return oneTimeUntilMillis.isPresent();
        }

        /** Without the hash: texts end up in logs. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** How somebody stands, for who keeps the list. @param disabledAtMillis since when they may not sign in; empty while they may */
    public record Listed(User user, long createdAtMillis, OptionalLong disabledAtMillis) {}

    /** All there ever were, by name. */
    public List<Listed> list() {
        return database.in(
                tenant,
                session -> session.list(
                        "SELECT name, password, one_time_until, roles, issuer, created_at, disabled_at FROM operational.users ORDER BY name",
                        row -> new Listed(user(row), row.millis("created_at"), row.optionalMillis("disabled_at"))));
    }

    private static User user(Row row) throws SQLException {
        return new User(
                row.text("name"),
                row.text("password"),
                row.optionalMillis("one_time_until"),
                row.texts("roles"),
                row.text("issuer"));
    }

    /** Takes from somebody, or gives back to them, that they may sign in. */
    public void enable(String name, boolean isEnabled, String actor) {
        @Nullable Instant since = isEnabled ? null : Instant.ofEpochMilli(clock.nowMillis());
        database.doIn(tenant, session -> {
            session.change("UPDATE operational.users SET disabled_at = ? WHERE name = ?", since, name);
            audit.note(session, actor, isEnabled ? "user.enabled" : "user.disabled", name, "", "");
        });
    }

    /**
     * Notes in the audit that somebody has signed in, or tried to.
     *
     * @param name whom they said they are. A name that nobody has is not written down: people type passwords there
     */
    public void noteLogin(String name, String address, String outcome) {
        database.doIn(tenant, session -> {
            boolean isKnown = session.first("SELECT 1 FROM operational.users WHERE name = ?", row -> true, name)
                    .isPresent();
            audit.note(
                    session,
                    isKnown ? "user:" + name : "somebody",
                    "login." + outcome,
                    isKnown ? name : "an unknown name",
                    "",
                    "from " + address);
        });
    }

    /** Makes somebody something else. It holds from their next request on. */
    public void changeRole(String name, Role role, String actor) {
        database.doIn(tenant, session -> {
            String before = session.first(
                            "SELECT roles FROM operational.users WHERE name = ?",
                            row -> String.join(" ", row.texts("roles")),
                            name)
                    .orElse("");
            session.change("UPDATE operational.users SET roles = ? WHERE name = ?", List.of(role.word()), name);
            audit.note(session, actor, "user.role", name, before, role.word());
        });
    }

    /** Whether nobody has ever been there. */
    public boolean areNone() {
        return database.in(tenant, session -> session.number("SELECT count(*) FROM operational.users")) == 0;
    }

    /** Who has a name and may sign in. */
    public Optional<User> find(String name) {
        return database.in(
                tenant,
                session -> session.first(
                        "SELECT name, password, one_time_until, roles, issuer FROM operational.users"
                                + " WHERE name = ? AND disabled_at IS NULL",
                        Users::user,
                        name));
    }

    /**
     * Adds somebody.
     *
     * @return a password that they must replace within {@link #ONE_TIME}
     */
    public String add(String name, List<String> roles, String actor) {
        String password = oneTimePassword();
        Instant now = Instant.ofEpochMilli(clock.nowMillis());
        database.doIn(tenant, session -> {
            session.change(
                    "INSERT INTO operational.users (tenant, name, password, one_time_until, roles, created_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    tenant,
                    name,
                    passwords.encode(password),
                    now.plus(ONE_TIME),
                    roles,
                    now);
            audit.note(session, actor, "user.added", name, "", String.join(" ", roles));
        });
        return password;
    }

    /**
     * Somebody comes from an identity provider, with the role that they have there now.
     *
     * @return who they are here; nothing when somebody else has the name, or they may not sign in any more
     */
    public Optional<User> cameFrom(String issuer, String name, Role role) {
        Instant now = Instant.ofEpochMilli(clock.nowMillis());
        database.doIn(tenant, session -> {
            List<String> roles = List.of(role.word());
            Optional<User> known = session.first(
                    "SELECT name, password, one_time_until, roles, issuer FROM operational.users WHERE name = ? FOR UPDATE",
                    Users::user,
                    name);
            if (known.isEmpty()) {
                session.change(
                        "INSERT INTO operational.users (tenant, name, password, one_time_until, roles, created_at, issuer)"
                                + " VALUES (?, ?, '', NULL, ?, ?, ?)",
                        tenant,
                        name,
                        roles,
                        now,
                        issuer);
                audit.note(session, "provider:" + issuer, "user.added", name, "", role.word());
            } else if (known.get().issuer().equals(issuer)
                    && !known.get().roles().equals(roles)) {
                session.change("UPDATE operational.users SET roles = ? WHERE name = ?", roles, name);
                audit.note(
                        session,
                        "provider:" + issuer,
                        "user.role",
                        name,
                        String.join(" ", known.get().roles()),
                        role.word());
            }
        });
        return find(name).filter(user -> user.issuer().equals(issuer));
    }

    /** Gives somebody a new password, which they must replace within {@link #ONE_TIME}. */
    public String reset(String name, String actor) {
        String password = oneTimePassword();
        database.doIn(tenant, session -> {
            session.change(
                    "UPDATE operational.users SET password = ?, one_time_until = ? WHERE name = ? AND issuer = ''",
                    passwords.encode(password),
                    Instant.ofEpochMilli(clock.nowMillis()).plus(ONE_TIME),
                    name);
            audit.note(session, actor, "user.reset", name, "", "");
        });
        return password;
    }

    /** Takes a password of somebody's own. */
    public void choosePassword(String name, String password) {
        database.doIn(tenant, session -> {
            session.change(
                    "UPDATE operational.users SET password = ?, one_time_until = NULL WHERE name = ? AND issuer = ''",
                    passwords.encode(password),
                    name);
            audit.note(session, "user:" + name, "user.password_chosen", name, "", "");
        });
    }

    /** Twelve letters and digits in groups, as {@code 7KQ2-M9XF-T4HD}: sixty bits nearly, and easy to type. */
    private String oneTimePassword() {
        String signs = Ids.create(random, 12).toUpperCase(Locale.ROOT);
        return signs.substring(0, 4) + "-" + signs.substring(4, 8) + "-" + signs.substring(8);
    }
}
