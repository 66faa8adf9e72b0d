package dev.forestall.server.settings;

import dev.forestall.pack.problem.Nearest;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node;
import dev.forestall.pack.source.YamlReader;
import dev.forestall.server.ServerError;
import dev.forestall.server.security.ProviderSettings;
import dev.forestall.server.security.Role;
import dev.forestall.server.settings.Settings.DatabaseLogin;
import dev.forestall.server.settings.Settings.DiskLimits;
import dev.forestall.server.settings.Settings.InSession;
import dev.forestall.server.settings.Settings.Ingest;
import dev.forestall.server.settings.Settings.Kafka;
import dev.forestall.server.settings.Settings.Tls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings: the command line counts more than the environment, the environment more than the file, the file more than what is so
 * when nobody says anything. Whatever is wrong is found at once.
 */
public final class SettingsReader {

    private final Map<String, String> environment;
    private final EnumMap<Key, Said> said = new EnumMap<>(Key.class);
    private final List<String> problems = new ArrayList<>();

    /** A value, and who says it. */
    private record Said(String value, String where) {}

    private SettingsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * @param arguments of the command line, behind its verb
     * @throws WrongSettings with all that is wrong
     */
    public static Settings read(List<String> arguments, Map<String, String> environment) {
        return new SettingsReader(environment).read(arguments);
    }

    private Settings read(List<String> arguments) {
        CommandLine line = CommandLine.of(arguments, problems);
        line.config().ifPresent(this::readFile);
        Arrays.stream(Key.values()).filter(key -> !key.isOfFileOnly()).forEach(this::readEnvironment);
        line.values().forEach((key, value) -> said.put(key, new Said(value, line.flag(key))));
        said.forEach(this::check);
        checkDatabase();
        checkTls();
        checkKafka();
        checkProvider();
        if (!problems.isEmpty()) {
            throw new WrongSettings(problems);
        }
        return new Settings(
                text(Key.BIND),
                Integer.parseInt(text(Key.PORT)),
                optional(Key.TLS_CERTIFICATE)
                        .map(certificate -> new Tls(Path.of(certificate), Path.of(text(Key.TLS_KEY)))),
                optional(Key.PUBLIC_URL).map(URI::create),
                list(Key.TRUSTED_PROXIES),
                Path.of(text(Key.DATA)),
                optional(Key.PACK).map(Path::of),
                optional(Key.DATABASE)
                        .map(url -> new DatabaseLogin(url, text(Key.DATABASE_USER), text(Key.DATABASE_PASSWORD))),
                new Ingest(size(Key.MAX_EVENT), size(Key.MAX_REQUEST), size(Key.QUEUE), list(Key.CORS_ORIGINS)),
                provider(),
                kafka(),
                new InSession(
                        Duration.ofMillis(
                                Long.parseLong(text(Key.SESSION_DEADLINE).replace("ms", ""))),
                        text(Key.IDENTITY_SECRET)),
                new DiskLimits(share(Key.DISK_WARN), share(Key.DISK_REFUSE)),
                list(Key.EGRESS_ALLOW),
                line.isHoldingSending());
    }

    private void readFile(Path file) {
        try {
            Problems found = new Problems();
            Node root = YamlReader.read(file.toString(), Files.readString(file), found);
            found.sorted().forEach(problem -> problems.add(ServerError.WRONG_SETTING.code() + " " + problem));
            if (root instanceof Node.Entries entries) {
                readEntries("", entries);
            } else if (root != null && !(root instanceof Node.Scalar scalar && scalar.isNothing())) {
                problem(file.toString(), "found " + root.described() + ", expected keys such as server.port");
            }
        } catch (IOException unreadable) {
            problem(file.toString(), "it cannot be read: " + unreadable);
        }
    }

    private void readEntries(String prefix, Node.Entries entries) {
        for (Node.Entry entry : entries.entries()) {
            String dotted = prefix + entry.key().text();
            Optional<Key> key = Key.of(dotted);
            switch (entry.value()) {
                case Node.Entries inner when key.isEmpty() && isSection(dotted) -> readEntries(dotted + ".", inner);
                case Node.Scalar scalar
                when key.isPresent() && !scalar.isNothing() ->
                    said.put(
                            key.get(),
                            new Said(scalar.text(), entry.key().place().toString()));
                case Node.Items items
                when key.isPresent() && key.get().isList() ->
                    said.put(
                            key.get(),
                            new Said(joined(items), entry.key().place().toString()));
                case Node other -> {
                    String found = key.isPresent() || isSection(dotted)
                            ? "found " + other.described() + ", expected "
                                    + key.map(Key::expected).orElse("keys below it")
                            : "there is no such key. " + meant(dotted, Key.names());
                    problem(entry.key().place() + " " + dotted, found);
                }
            }
        }
    }

    private static String meant(String name, List<String> valid) {
        String nearest = Nearest.to(name, valid);
        return nearest.isEmpty() ? "There are " + String.join(", ", valid) : "Maybe " + nearest + "?";
    }

    private static boolean isSection(String dotted) {
        return Key.names().stream().anyMatch(name -> name.startsWith(dotted + "."));
    }

    private static String joined(Node.Items items) {
        return String.join(
                ",",
                items.nodes().stream()
                        .map(node -> node instanceof Node.Scalar scalar ? scalar.text() : node.described())
                        .toList());
    }

    /** A value, or the file that holds it, as secrets are handed over. */
    private void readEnvironment(Key key) {
        String value = environment.get(key.variable());
        String file = environment.get(key.variable() + "_FILE");
        if (value != null && !value.isEmpty()) {
            said.put(key, new Said(value, key.variable()));
        } else if (file != null && !file.isEmpty()) {
            try {
                said.put(key, new Said(Files.readString(Path.of(file)).strip(), key.variable() + "_FILE"));
            } catch (IOException unreadable) {
                problem(key.variable() + "_FILE", file + " cannot be read: " + unreadable);
            }
        }
    }

    private void check(Key key, Said value) {
        if (!key.accepts(value.value())) {
            String found = key.isSecret() ? "something else" : "'" + value.value() + "'";
            problem(value.where() + " " + key.dotted(), "found " + found + ", expected " + key.expected());
        }
    }

    private void checkTls() {
        for (Key key : List.of(Key.TLS_CERTIFICATE, Key.TLS_KEY)) {
            Key other = key == Key.TLS_KEY ? Key.TLS_CERTIFICATE : Key.TLS_KEY;
            if (said.containsKey(key) && !said.containsKey(other)) {
                problem(other.dotted(), "it is missing, and " + key.dotted() + " needs it");
            }
            optional(key)
                    .filter(file -> !Files.isReadable(Path.of(file)))
                    .ifPresent(file -> problem(key.dotted(), file + " is no file that can be read"));
        }
        boolean isSafe =
                said.containsKey(Key.TLS_CERTIFICATE) || text(Key.PUBLIC_URL).startsWith("https:");
        if (!isSafe && !isOfThisMachine(text(Key.BIND))) {
            problem(
                    Key.BIND.dotted(),
                    text(Key.BIND)
                            + " can be reached from other machines, and passwords and events would go there readable for all. Name a certificate ("
                            + Key.TLS_CERTIFICATE.dotted() + ", " + Key.TLS_KEY.dotted()
                            + "), or, where a proxy in front of it speaks TLS, " + Key.PUBLIC_URL.dotted()
                            + " with https://");
        }
    }

    private static boolean isOfThisMachine(String address) {
        return address.equals("localhost") || address.equals("::1") || address.matches("127\\.[0-9.]+");
    }

    private void checkDatabase() {
        for (Key key : List.of(Key.DATABASE_USER, Key.DATABASE_PASSWORD)) {
            if (said.containsKey(Key.DATABASE) && !said.containsKey(key)) {
                problem(
                        key.dotted(),
                        "it is missing, and " + Key.DATABASE.dotted() + " needs it. Say it in the file, or as "
                                + key.variable() + " or " + key.variable() + "_FILE");
            }
        }
    }

    private void problem(String where, String detail) {
        problems.add(ServerError.WRONG_SETTING.code() + " " + where + ": " + detail);
    }

    private String text(Key key) {
        Said value = said.get(key);
        return value == null ? key.standard() : value.value();
    }

    private Optional<String> optional(Key key) {
        return Optional.of(text(key)).filter(text -> !text.isEmpty());
    }

    private Optional<Kafka> kafka() {
        boolean fromEnd = text(Key.KAFKA_START).equals("end");
        return list(Key.KAFKA_TOPICS).isEmpty()
                ? Optional.empty()
                : Optional.of(new Kafka(
                        list(Key.KAFKA_SERVERS),
                        list(Key.KAFKA_TOPICS).stream()
                                .map(each -> TopicText.read(each, fromEnd))
                                .toList(),
                        text(Key.KAFKA_GROUP),
                        optional(Key.KAFKA_PROPERTIES).map(Path::of),
                        text(Key.KAFKA_GAPS).equals("skip")));
    }

    private Optional<ProviderSettings> provider() {
        SequencedMap<String, Role> roles = new LinkedHashMap<>();
        list(Key.OIDC_ROLES)
                .forEach(
                        each -> RoleText.read(each).ifPresent(given -> roles.putIfAbsent(given.group(), given.role())));
        return optional(Key.OIDC_ISSUER)
                .map(issuer -> new ProviderSettings(
                        issuer,
                        text(Key.OIDC_CLIENT),
                        text(Key.OIDC_SECRET),
                        text(Key.OIDC_NAME),
                        text(Key.OIDC_GROUPS),
                        roles));
    }

    private void checkProvider() {
        for (Key key : List.of(Key.OIDC_CLIENT, Key.OIDC_SECRET, Key.OIDC_ROLES)) {
            if (said.containsKey(Key.OIDC_ISSUER) && !said.containsKey(key)) {
                problem(key.dotted(), "it is missing, and " + Key.OIDC_ISSUER.dotted() + " needs it");
            }
        }
    }

    private void checkKafka() {
        if (said.containsKey(Key.KAFKA_TOPICS) != said.containsKey(Key.KAFKA_SERVERS)) {
            Key missing = said.containsKey(Key.KAFKA_TOPICS) ? Key.KAFKA_SERVERS : Key.KAFKA_TOPICS;
            problem(missing.dotted(), "it is missing, and nothing is read from Kafka without it");
        }
        optional(Key.KAFKA_PROPERTIES)
                .filter(file -> !Files.isReadable(Path.of(file)))
                .ifPresent(file -> problem(Key.KAFKA_PROPERTIES.dotted(), file + " is no file that can be read"));
    }

    private int size(Key key) {
        return (int) Sizes.bytes(text(key));
    }

    private double share(Key key) {
        return Integer.parseInt(text(key).replace("%", "")) / 100.0;
    }

    private List<String> list(Key key) {
        return optional(key)
                .map(all -> Arrays.stream(all.split(",")).map(String::strip).toList())
                .orElse(List.of());
    }

    /** What the command line says. */
    private record CommandLine(Optional<Path> config, Map<Key, String> values, boolean isHoldingSending) {

        private static final Map<String, Key> FLAGS = Map.of(
                "--pack", Key.PACK,
                "--database", Key.DATABASE,
                "--data", Key.DATA,
                "--port", Key.PORT,
                "--bind", Key.BIND);

        private static final List<String> OPTIONS =
                List.of("--config", "--pack", "--database", "--data", "--port", "--bind", "--hold-sending");

        static CommandLine of(List<String> arguments, List<String> problems) {
            Map<Key, String> values = new HashMap<>();
            @Nullable String config = null;
            boolean isHolding = false;
            for (Iterator<String> left = arguments.iterator(); left.hasNext(); ) {
                String argument = left.next();
                int equals = argument.indexOf('=');
                String flag = equals < 0 ? argument : argument.substring(0, equals);
                if (flag.equals("--hold-sending")) {
                    isHolding = true;
                } else if (flag.equals("--config") || FLAGS.containsKey(flag)) {
                    if (equals < 0 && !left.hasNext()) {
                        problems.add(ServerError.WRONG_SETTING.code() + " " + flag + ": a value is missing behind it");
                        break;
                    }
                    String value = equals < 0 ? left.next() : argument.substring(equals + 1);
                    Key key = FLAGS.get(flag);
                    if (key == null) {
                        config = value;
                    } else {
                        values.put(key, value);
                    }
                } else {
                    problems.add(ServerError.WRONG_SETTING.code() + " " + flag + ": there is no such option. "
                            + meant(flag, OPTIONS));
                }
            }
            return new CommandLine(Optional.ofNullable(config).map(Path::of), values, isHolding);
        }

        String flag(Key key) {
            return FLAGS.entrySet().stream()
                    .filter(entry -> entry.getValue() == key)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
