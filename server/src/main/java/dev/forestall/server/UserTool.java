package dev.forestall.server;

import dev.forestall.records.database.Database;
import dev.forestall.server.RecordsWiring.DatabaseServer;
import dev.forestall.server.security.Audit;
import dev.forestall.server.security.Role;
import dev.forestall.server.security.Users;
import dev.forestall.server.settings.Settings;
import dev.forestall.server.settings.SettingsReader;
import dev.forestall.server.settings.WrongSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code forestall user}: keeps the list of those who may sign in while the server is down, for whoever may read its data: when the administrator's
 * password is lost, there is nobody else to ask.
 */
final class UserTool {

    private static final String ACTOR = "command line";
    private static final int CONNECTIONS = 2;

    /** What is to be done. */
    private enum Verb {
        LIST,
        ADD,
        RESET,
        ROLE,
        DISABLE,
        ENABLE;

        static Optional<Verb> of(String word) {
            return List.of(values()).stream()
                    .filter(verb -> verb.name().equalsIgnoreCase(word))
                    .findFirst();
        }
    }

    private final Users users;
    private final PrintStream out;

    private UserTool(Users users, PrintStream out) {
        this.users = users;
        this.out = out;
    }

    /**
     * Does what the arguments say.
     *
     * @throws WrongSettings when they say nothing that can be done
     * @throws dev.forestall.loop.host.StorageException when the data is in use, or the database cannot be
     */
    static void run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        Verb verb = arguments.stream()
                .findFirst()
                .flatMap(Verb::of)
                .orElseThrow(() -> wrong("say what to do: list, add, reset, role, disable or enable"));
        List<String> left = new ArrayList<>(arguments.subList(1, arguments.size()));
        Optional<Role> role = option(left, "--role")
                .map(word -> Role.of(word)
                        .orElseThrow(() -> wrong("--role: there is no role '" + word + "'. There are "
                                + String.join(
                                        ", ",
                                        List.of(Role.values()).stream()
                                                .map(Role::word)
                                                .toList()))));
        String name = left.isEmpty() || left.getFirst().startsWith("--") ? "" : left.removeFirst();
        if (name.isEmpty() != (verb == Verb.LIST)) {
            throw wrong(verb == Verb.LIST ? "list needs no name" : "say whom: a name");
        }
        if (role.isPresent() != (verb == Verb.ADD || verb == Verb.ROLE)) {
            throw wrong(role.isPresent() ? "--role goes with add and role" : "say as what: --role agent");
        }
        Settings settings = SettingsReader.read(left, environment);
        if (!Files.isDirectory(settings.data())) {
            throw wrong("data.dir: there is no directory " + settings.data());
        }
        try (AutoCloseable lock = EngineWiring.lock(settings.data());
                DatabaseServer server = settings.database()
                        .map(DatabaseServer::external)
                        .orElseGet(() -> DatabaseServer.own(settings.data()));
                Database database = Database.open(server.access(), CONNECTIONS)) {
            var clock = EngineWiring.machine();
            Users users = new Users(
                    database, Wiring.TENANT, new Audit(clock), AccessWiring.argon2(), clock, new SecureRandom());
            new UserTool(users, out).run(verb, name, role);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("the database did not stop", failed);
        }
    }

    private static Optional<String> option(List<String> arguments, String option) {
        int at = arguments.indexOf(option);
        if (at < 0) {
            return Optional.empty();
        }
        if (at + 1 == arguments.size()) {
            throw wrong(option + ": a value is missing behind it");
        }
        arguments.remove(at);
        return Optional.of(arguments.remove(at));
    }

    private static WrongSettings wrong(String detail) {
        return new WrongSettings(List.of(ServerError.WRONG_SETTING.code() + " " + detail));
    }

    private void run(Verb verb, String name, Optional<Role> role) {
        if (verb == Verb.LIST) {
            users.list().forEach(this::print);
            return;
        }
        boolean isThere =
                users.list().stream().anyMatch(each -> each.user().name().equals(name));
        if (isThere == (verb == Verb.ADD)) {
            throw wrong(isThere ? "there is a user " + name + " already" : "there is no user " + name);
        }
        boolean isOfProvider = users.list().stream()
                .anyMatch(each -> each.user().name().equals(name) && each.user().isOfProvider());
        if (isOfProvider && (verb == Verb.RESET || verb == Verb.ROLE)) {
            throw wrong("an identity provider keeps the password and the role of " + name);
        }
        switch (verb) {
            case ADD -> once(name, users.add(name, List.of(role.orElseThrow().word()), ACTOR));
            case RESET -> once(name, users.reset(name, ACTOR));
            case ROLE -> {
                users.changeRole(name, role.orElseThrow(), ACTOR);
                out.println(name + " is " + role.get().word() + " from now on");
            }
            case DISABLE, ENABLE -> {
                users.enable(name, verb == Verb.ENABLE, ACTOR);
                out.println(name + (verb == Verb.ENABLE ? " may sign in again" : " may not sign in any more"));
            }
            case LIST -> throw new IllegalStateException("was done");
        }
    }

    private void once(String name, String password) {
        out.println(name + "   one-time password  " + password + "  (" + Users.ONE_TIME.toHours() + " h, shown once)");
    }

    private void print(Users.Listed each) {
        String state = each.disabledAtMillis().isPresent()
                ? "disabled"
                : each.user().mustChoosePassword() ? "one-time password" : "active";
        out.println(each.user().name() + "   " + String.join(" ", each.user().roles()) + "   " + state + "   since "
                + Instant.ofEpochMilli(each.createdAtMillis()));
    }
}
