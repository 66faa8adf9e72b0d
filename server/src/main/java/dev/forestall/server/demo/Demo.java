package dev.forestall.server.demo;

import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.pack.Packs;
import dev.forestall.run.DataFolder;
import dev.forestall.server.Server;
import dev.forestall.server.ServerError;
import dev.forestall.server.settings.Settings;
import dev.forestall.server.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A server in a directory that is thrown away, and customers of a bank who live in it. All but sessions and signatures runs by the clock of the
 * demo, which is faster than life.
 */
public final class Demo implements AutoCloseable {

    private final Path directory;
    private final Server server;
    private final Customers customers;
    private final String text;

    private Demo(Path directory, Server server, Customers customers, String text) {
        this.directory = directory;
        this.server = server;
        this.customers = customers;
        this.text = text;
    }

    /**
     * What is to be shown.
     *
     * @param port to listen on; 0 for any that is free
     * @param speed how many times faster than life
     * @param seed which customers
     * @param customers how many
     */
    public record Options(int port, int speed, long seed, int customers) {

        /** A day takes a minute. */
        private static final int SPEED = 1_440;

        /**
         * Of the command line.
         *
         * @throws dev.forestall.server.NotStarted when something on it is wrong
         */
        public static Options of(List<String> arguments) {
            int port = 8080;
            int speed = SPEED;
            long seed = 1;
            int customers = dev.forestall.run.demo.DemoLog.APPLICATIONS;
            for (int i = 0; i < arguments.size(); i += 2) {
                String option = arguments.get(i);
                String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
                switch (option) {
                    case "--port" -> port = whole(option, value, 0, 65_535);
                    case "--speed" -> speed = whole(option, value, 1, 100_000);
                    case "--seed" -> seed = whole(option, value, 0, Integer.MAX_VALUE);
                    case "--customers" -> customers = whole(option, value, 10, 100_000);
                    default ->
                        throw ServerError.WRONG_SETTING.because(
                                option
                                        + ": there is no such option. There are --port, --speed, --seed and --customers, and --report alone");
                }
            }
            return new Options(port, speed, seed, customers);
        }

        private static int whole(String option, String value, int least, int most) {
            if (value.matches("[0-9]{1,10}") && Long.parseLong(value) >= least && Long.parseLong(value) <= most) {
                return Integer.parseInt(value);
            }
            throw ServerError.WRONG_SETTING.because(
                    option + ": found '" + value + "', expected a whole number from " + least + " to " + most);
        }
    }

    /**
     * Starts it, and answers when one can look.
     *
     * @param out is told what takes time
     */
    public static Demo start(Options options, Path pack, PrintStream out) {
        long began = System.nanoTime();
        try {
            Path directory = Files.createTempDirectory("forestall-demo");
            try {
                out.println("A bank that does not exist, in " + directory + "; it is deleted when this ends.");
                Pack compiled = Packs.compile(pack);
                Path data = directory.resolve("data");
                Bank bank =
                        Bank.founded(directory, new DataFolder(data), compiled, pack, options.seed, options.customers);
                Settings settings = SettingsReader.read(
                        List.of(
                                "--pack",
                                pack.toString(),
                                "--data",
                                data.toString(),
                                "--port",
                                Integer.toString(options.port)),
                        Map.of());
                Server server = Server.start(settings, real -> new FastClock(real, bank.begins(), options.speed));
                Customers customers =
                        new Customers(bank.future(), server.clock(), server.address(), server.firstWriteKey());
                customers.start();
                return new Demo(
                        directory,
                        server,
                        customers,
                        server.greeting(System.nanoTime() - began) + tour(server, bank, options));
            } catch (IOException | RuntimeException | PackException failed) {
                delete(directory);
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (PackException wrong) {
            throw ServerError.NO_PACK.because(String.valueOf(wrong.getMessage()));
        }
    }

    /** Where the pack of the demo lies: beside the program, in the same checkout. */
    public static Path lending() {
        try {
            Path program = Path.of(Demo.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return program.toAbsolutePath()
                    .resolve("../../..")
                    .normalize()
                    .resolve("packs")
                    .resolve("lending");
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the place of the program is no path", impossible);
        }
    }

    private static String tour(Server server, Bank bank, Options options) {
        String begins = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(bank.begins());
        Duration day = Duration.ofDays(1).dividedBy(options.speed);
        return """

                It is %s at this bank, and a day takes %s. Its customers apply for loans, wait, are called, and some leave; what
                they do comes in over HTTP, as from any other sender. Nothing is sent to anybody: the server is in dry run.

                Sign in as admin with the password above, choose one of your own, and look at
                  1. %4$s/now        what goes wrong just now, for how many, and what it costs
                  2. %4$s/customers  who it is; Why? beside each line leads back to what the request said
                  3. %4$s/actions    what would have been done, and which rule said no
                  4. %4$s/rejected   a sender mistypes an event now and then
                  5. %4$s/system     the events as they come in; whether all is well

                Ctrl-C ends it. A report of all of it, without a server: ./forestall demo --report
                """.formatted(begins, inWords(day), "", server.address());
    }

    private static String inWords(Duration day) {
        return day.toSeconds() >= 1 ? day.toSeconds() + " s" : day.toMillis() + " ms";
    }

    /** What is said when it has started. */
    public String text() {
        return text;
    }

    public Server server() {
        return server;
    }

    @Override
    public void close() {
        customers.close();
        try {
            server.close();
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException left) {
            throw new UncheckedIOException("what the demo has made is still in " + directory, left);
        }
    }
}
