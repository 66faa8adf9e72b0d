package dev.forestall.server.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** A setting: how it is called in the file, in the environment and on the command line, and what it may be. */
enum Key {
    BIND("server.bind", "127.0.0.1", "an address of this machine, such as 127.0.0.1", text -> !text.isBlank()),
    PORT("server.port", "8080", "a whole number from 0 to 65535", text -> isWhole(text, 0, 65_535)),
    TLS_CERTIFICATE(
            "server.tls.certificate", "", "a file with a certificate and its chain, as PEM", text -> !text.isBlank()),
    TLS_KEY("server.tls.key", "", "a file with the certificate's key, as PEM", text -> !text.isBlank()),
    PUBLIC_URL("server.public_url", "", "an address such as https://forestall.example", Key::isUrl),
    TRUSTED_PROXIES("server.trusted_proxies", "", "a list of addresses such as 10.1.0.4", Key::areAddresses),
    DATA("data.dir", "forestall-data", "a directory", text -> !text.isBlank()),
    PACK("pack", "", "a folder with a pack.yaml, or a file", text -> !text.isBlank()),
    DATABASE(
            "database.url",
            "",
            "an address such as jdbc:postgresql://db.example:5432/forestall",
            text -> text.startsWith("jdbc:postgresql:")),
    DATABASE_USER("database.user", "", "a name", text -> !text.isBlank()),
    DATABASE_PASSWORD("database.password", "", "a password", text -> !text.isEmpty()),
    MAX_EVENT("ingest.max_event", "32KiB", "a size from 1KiB to 1MiB", text -> Sizes.isSize(text, 1 << 10, 1 << 20)),
    MAX_REQUEST(
            "ingest.max_request", "4MiB", "a size from 1KiB to 64MiB", text -> Sizes.isSize(text, 1 << 10, 1 << 26)),
    QUEUE("ingest.queue", "64MiB", "a size from 1MiB to 1GiB", text -> Sizes.isSize(text, 1 << 20, 1 << 30)),
    CORS_ORIGINS("ingest.cors_origins", "", "a list of origins such as https://shop.example", Key::areOrigins),
    OIDC_ISSUER("oidc.issuer", "", "an address with https://, or of this machine", Key::isIssuer),
    OIDC_CLIENT("oidc.client_id", "", "a name", text -> !text.isBlank()),
    OIDC_SECRET("oidc.client_secret", "", "a text", text -> !text.isBlank()),
    OIDC_NAME("oidc.name_claim", "preferred_username", "the name of a claim", text -> !text.isBlank()),
    OIDC_GROUPS("oidc.groups_claim", "groups", "the name of a claim", text -> !text.isBlank()),
    OIDC_ROLES(
            "oidc.roles",
            "",
            "a list of GROUP=ROLE",
            text -> Arrays.stream(text.split(","))
                    .allMatch(each -> RoleText.read(each).isPresent())),
    KAFKA_SERVERS("kafka.servers", "", "a list of brokers such as broker.internal:9092", Key::areDestinations),
    KAFKA_TOPICS(
            "kafka.topics",
            "",
            "a list of TOPIC=SOURCE:FORMAT, the format json, cloudevents or debezium",
            text -> Arrays.stream(text.split(",")).map(String::strip).allMatch(TopicText::isOne)),
    KAFKA_GROUP("kafka.group", "forestall", "a name", text -> text.matches("[A-Za-z0-9._-]{1,200}")),
    KAFKA_START("kafka.start", "beginning", "beginning or end", text -> text.matches("beginning|end")),
    KAFKA_GAPS("kafka.gaps", "stop", "stop or skip", text -> text.matches("stop|skip")),
    KAFKA_PROPERTIES("kafka.properties", "", "a file of properties for Kafka's client", text -> !text.isBlank()),
    SESSION_DEADLINE("in_session.deadline", "25ms", "milliseconds from 1ms to 9999ms", Key::isMillis),
    IDENTITY_SECRET("in_session.identity_secret", "", "a text of at least 16 letters", text -> text.length() >= 16),
    DISK_WARN("disk.warn", "85%", "a share such as 85%", Key::isPercent),
    DISK_REFUSE("disk.refuse", "95%", "a share such as 95%", Key::isPercent),
    EGRESS_ALLOW(
            "egress.allow",
            "",
            "a list of hosts with ports, relay.internal:8080, or networks, 10.1.0.0/16",
            Key::areDestinations);

    private final String dotted;
    private final String standard;
    private final String expected;
    private final Predicate<String> isFine;

    Key(String dotted, String standard, String expected, Predicate<String> isFine) {
        this.dotted = dotted;
        this.standard = standard;
        this.expected = expected;
        this.isFine = isFine;
    }

    /** As the file calls it, from the top: {@code server.port}. */
    String dotted() {
        return dotted;
    }

    /** As the environment calls it: {@code FORESTALL_SERVER_PORT}. */
    String variable() {
        return "FORESTALL_" + dotted.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** What it is when nobody says anything; empty when it is nothing then. */
    String standard() {
        return standard;
    }

    String expected() {
        return expected;
    }

    boolean accepts(String text) {
        return isFine.test(text);
    }

    static Optional<Key> of(String dotted) {
        return Arrays.stream(values()).filter(key -> key.dotted.equals(dotted)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Key::dotted).toList();
    }

    /** Whether the file alone can say it: who may reach into the network of the house is for its operator to write down. */
    boolean isOfFileOnly() {
        return this == EGRESS_ALLOW;
    }

    /** Whether it is a list: in the file of items, elsewhere with commas between them. */
    boolean isList() {
        return this == CORS_ORIGINS
                || this == EGRESS_ALLOW
                || this == TRUSTED_PROXIES
                || this == KAFKA_SERVERS
                || this == KAFKA_TOPICS
                || this == OIDC_ROLES;
    }

    private static boolean areDestinations(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .allMatch(each -> each.matches("[A-Za-z0-9.-]+:[0-9]{1,5}|[0-9A-Fa-f.:]+/[0-9]{1,3}"));
    }

    private static boolean isWhole(String text, int least, int most) {
        return text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most;
    }

    private static boolean isMillis(String text) {
        return text.matches("[1-9][0-9]{0,3}ms");
    }

    /** Whether its value is shown to nobody. */
    boolean isSecret() {
        return this == DATABASE_PASSWORD || this == IDENTITY_SECRET || this == OIDC_SECRET;
    }

    private static boolean isPercent(String text) {
        return text.matches("[1-9][0-9]?%|100%");
    }

    private static boolean isIssuer(String text) {
        return text.matches("https://[^ ]+|http://(127\\.0\\.0\\.1|localhost)(:[0-9]{1,5})?(/[^ ]*)?");
    }

    private static boolean isUrl(String text) {
        return text.matches("https?://[A-Za-z0-9.:\\[\\]-]+/?");
    }

    private static boolean areAddresses(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).allMatch(each -> each.matches("[0-9A-Fa-f.:]{3,45}"));
    }

    private static boolean areOrigins(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .allMatch(each -> each.matches("https?://[A-Za-z0-9.:-]+"));
    }
}
