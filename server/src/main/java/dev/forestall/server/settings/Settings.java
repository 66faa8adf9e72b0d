package dev.forestall.server.settings;

import dev.forestall.server.security.ProviderSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a server runs. Immutable.
 *
 * @param bind the address to listen on
 * @param port to listen on; 0 for any that is free
 * @param tls with which certificate it speaks TLS; empty where it does not
 * @param publicUrl as which clients outside reach it; empty where only this machine does
 * @param trustedProxies the addresses of proxies in front of it, which are believed whom they speak for
 * @param data the directory of all it keeps
 * @param pack what it runs: a folder or a file; empty when the one that is in force in the data directory is to go on
 * @param database where the database is; empty for one of its own in the data directory
 * @param ingest how much may come in
 * @param provider by which people sign in who have no password here; empty for none
 * @param kafka what is read from Kafka; empty for nothing
 * @param inSession how pages and apps are answered that ask
 * @param disk how full the disk may be
 * @param egressAllow which addresses of this machine and this network may be called
 * @param holdSending whether nothing is sent that was asked for before the start
 */
public record Settings(
        String bind,
        int port,
        Optional<Tls> tls,
        Optional<URI> publicUrl,
        List<String> trustedProxies,
        Path data,
        Optional<Path> pack,
        Optional<DatabaseLogin> database,
        Ingest ingest,
        Optional<ProviderSettings> provider,
        Optional<Kafka> kafka,
        InSession inSession,
        DiskLimits disk,
        List<String> egressAllow,
        boolean holdSending) {

    public Settings {
        trustedProxies = List.copyOf(trustedProxies);
        egressAllow = List.copyOf(egressAllow);
    }

    /** Files with a certificate and its chain, and with its key, as PEM. */
    public record Tls(Path certificate, Path key) {}

    /** Whether clients reach it by TLS, its own or that of a proxy in front of it. */
    public boolean isBehindTls() {
        return tls.isPresent()
                || publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent();
    }

    /**
     * A database that somebody else runs.
     *
     * @param url for JDBC
     */
    public record DatabaseLogin(String url, String user, String password) {
        @Override
        public String toString() {
            return url + " as " + user;
        }
    }

    /**
     * What is read from Kafka.
     *
     * @param servers brokers to begin with
     * @param group under which the broker shows how far it was read; the log alone says where to go on
     * @param properties of the client, such as how it proves who it is
     * @param skipsGaps whether to go on where records are gone that were never read
     */
    public record Kafka(
            List<String> servers, List<Topic> topics, String group, Optional<Path> properties, boolean skipsGaps) {
        public Kafka {
            servers = List.copyOf(servers);
            topics = List.copyOf(topics);
        }

        /** In which form values are. */
        public enum Format {
            /** Events as lines of {@code /v1/events} are, or Segment's calls. */
            JSON,
            /** CloudEvents 1.0, in binary or structured mode. */
            CLOUDEVENTS,
            /** Changed rows, as Debezium writes them as JSON. */
            DEBEZIUM
        }

        /**
         * A topic.
         *
         * @param source of the pack, by whose mapping values become events
         * @param fromEnd whether a topic of which nothing was read yet begins at its end
         */
        public record Topic(String name, String source, Format format, boolean fromEnd) {}
    }

    /**
     * How pages and apps are answered that ask what to show.
     *
     * @param deadline who has no answer by then is answered with nothing
     * @param identitySecret by which a page proves whom it asks about; empty when pages ask about visitors only
     */
    public record InSession(Duration deadline, String identitySecret) {
        @Override
        public String toString() {
            return "answers within " + deadline.toMillis() + " ms";
        }
    }

    /**
     * How full the disk of the data may be, as shares from 0 to 1.
     *
     * @param warn from here on health says so
     * @param refuse from here on no events are taken
     */
    public record DiskLimits(double warn, double refuse) {}

    /**
     * How much may come in.
     *
     * @param maxEvent the longest event, in bytes
     * @param maxRequest the longest request, in bytes, unpacked
     * @param queue how much may wait to be written to the log, in bytes
     * @param corsOrigins pages of these origins may send events
     */
    public record Ingest(int maxEvent, int maxRequest, int queue, List<String> corsOrigins) {
        public Ingest {
            corsOrigins = List.copyOf(corsOrigins);
        }
    }
}
