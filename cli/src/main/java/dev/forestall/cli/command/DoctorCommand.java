package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.connectors.json.Json.Entries;
import dev.forestall.connectors.json.Json.Items;
import dev.forestall.connectors.json.JsonReader;
import dev.forestall.run.DataFolder;
import dev.forestall.views.Units;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code forestall doctor}: what is not as it should be, and what to do about it. */
@Command(
        name = "doctor",
        description = {
            "Look whether this machine, the data directory and, with --url, a server are as they should be, and say what to do where they are not.",
            "Nothing is changed, and no key is needed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:All is well, or only warned of.", "1:Something has to be done.", "2:An option is wrong."})
final class DoctorCommand implements Callable<Integer> {

    private static final double DISK_WARN = 0.85;
    private static final double DISK_FAIL = 0.95;
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);
    private static final Duration CERTIFICATE_SOON = Duration.ofDays(30);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int LITTLE_MEMORY = 256;

    private final Console console;

    @Option(names = "--url", paramLabel = "URL", description = "A server that runs, such as http://127.0.0.1:8080.")
    private @Nullable URI url;

    @Mixin
    private Data data = new Data();

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    DoctorCommand(Console console) {
        this.console = console;
    }

    /** How it is with one thing. */
    private enum Verdict {
        OK,
        WARN,
        FAIL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param found how it is @param advice what to do; empty when nothing is to be done */
    private record Finding(Verdict verdict, String about, String found, String advice) {

        static Finding ok(String about, String found) {
            return new Finding(Verdict.OK, about, found, "");
        }
    }

    @Override
    public Integer call() throws IOException {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(memory());
        findings.add(database());
        findings.addAll(directory(data.folder()));
        if (url != null) {
            findings.addAll(server(url));
        }
        if (json.isAsked()) {
            print(findings);
        } else {
            for (Finding each : findings) {
                console.page()
                        .line(String.format(Locale.ROOT, "%-5s %-12s %s", each.verdict.word(), each.about, each.found));
                if (!each.advice.isEmpty()) {
                    console.page().line(" ".repeat(19) + each.advice);
                }
            }
        }
        boolean isFailed = findings.stream().anyMatch(each -> each.verdict == Verdict.FAIL);
        return (isFailed ? Exit.PROBLEMS : Exit.OK).code();
    }

    private void print(List<Finding> findings) throws IOException {
        Json.print(console, out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("findings");
            for (Finding each : findings) {
                out.writeStartObject();
                out.writeStringField("verdict", each.verdict.word());
                out.writeStringField("about", each.about);
                out.writeStringField("found", each.found);
                out.writeStringField("advice", each.advice);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static Finding java() {
        return Finding.ok(
                "java",
                Runtime.version() + ", " + System.getProperty("os.name", "") + " "
                        + System.getProperty("os.arch", "") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors");
    }

    private static Finding memory() {
        long most = Runtime.getRuntime().maxMemory();
        if (most >> 20 < LITTLE_MEMORY) {
            return new Finding(
                    Verdict.WARN,
                    "memory",
                    Units.bytes(most) + " at most",
                    "Give Java more: FORESTALL_JAVA_OPTS=-Xmx1g ./forestall ...");
        }
        return Finding.ok("memory", Units.bytes(most) + " at most");
    }

    /** A server brings its own PostgreSQL, which does not run as root but in a user namespace. */
    private static Finding database() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Finding.ok("database", "a server can start its own");
        }
        try {
            Process tried = new ProcessBuilder("unshare", "--user", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (tried.waitFor() == 0) {
                return Finding.ok("database", "a server can start its own, as root in a user namespace");
            }
        } catch (IOException none) {
            // said below
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return new Finding(
                Verdict.WARN,
                "database",
                "you are root, and this system makes no user namespaces",
                "Start the server as an ordinary user, or give it a database: --database URL");
    }

    private static List<Finding> directory(DataFolder folder) throws IOException {
        Path path = folder.path().toAbsolutePath();
        List<Finding> findings = new ArrayList<>();
        if (!Files.isDirectory(path)) {
            findings.add(new Finding(
                    Verdict.WARN,
                    "data",
                    path + " is not there",
                    "It is made by ./forestall serve or ./forestall replay. Or name another one: --data DIR"));
        } else if (!folder.isUsed()) {
            findings.add(new Finding(
                    Verdict.WARN, "data", path + " holds nothing of Forestall's", "Name another one: --data DIR"));
        } else if (!Files.isWritable(path)) {
            findings.add(new Finding(
                    Verdict.FAIL, "data", path + " cannot be written", "Give its owner the right to, or run as them"));
        } else {
            findings.add(Finding.ok("data", path.toString()));
            findings.addAll(readers(path));
        }
        findings.add(disk(path));
        return findings;
    }

    private static List<Finding> readers(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return List.of();
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
            return List.of(new Finding(
                    Verdict.WARN,
                    "permissions",
                    "everybody on this machine can look into " + path,
                    "chmod 700 " + path));
        }
        return List.of(Finding.ok("permissions", "only its owner's house can look into it"));
    }

    private static Finding disk(Path path) throws IOException {
        Path there = path;
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        FileStore store = Files.getFileStore(there);
        // As df counts it: what is kept for the system is neither used nor usable.
        long inUse = store.getTotalSpace() - store.getUnallocatedSpace();
        double used = (double) inUse / Math.max(1, inUse + store.getUsableSpace());
        String found =
                String.format(Locale.ROOT, "%.0f %% full, %s free", used * 100, Units.bytes(store.getUsableSpace()));
        if (used >= DISK_FAIL) {
            return new Finding(Verdict.FAIL, "disk", found, "Make room: a server takes no events from here on");
        }
        return used >= DISK_WARN
                ? new Finding(Verdict.WARN, "disk", found, "Make room before it is 95 % full")
                : Finding.ok("disk", found);
    }

    private static List<Finding> server(URI url) {
        if (url.getHost() == null) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, "--url: found '" + url + "', expected an address such as http://127.0.0.1:8080");
        }
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/health/ready"))
                .timeout(PATIENCE)
                .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            List<Finding> findings = new ArrayList<>(health(answer));
            findings.add(clock(answer));
            answer.sslSession().ifPresent(session -> {
                try {
                    findings.add(certificate((X509Certificate) session.getPeerCertificates()[0]));
                } catch (SSLPeerUnverifiedException unverified) {
                    findings.add(new Finding(Verdict.FAIL, "certificate", unverified.toString(), "Look at server.tls"));
                }
            });
            return findings;
        } catch (SSLException untrusted) {
            return List.of(new Finding(
                    Verdict.FAIL,
                    "certificate",
                    String.valueOf(untrusted.getMessage()),
                    "Renew it, or let Java on this machine trust who has signed it: keytool -importcert"));
        } catch (IOException failed) {
            return List.of(new Finding(
                    Verdict.FAIL,
                    "server",
                    url + " does not answer: " + failed,
                    "Is it the address that the server has printed, and does the server run?"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static List<Finding> health(HttpResponse<byte[]> answer) {
        List<Finding> findings = new ArrayList<>();
        if (new JsonReader(16, 1 << 20).read(answer.body()) instanceof JsonReader.Reading.Read(Entries said)
                && said.get("problems") instanceof Items problems) {
            Verdict verdict = answer.statusCode() == 200 ? Verdict.WARN : Verdict.FAIL;
            problems.values().forEach(each -> findings.add(new Finding(verdict, "server", each.text(), "")));
            if (findings.isEmpty()) {
                findings.add(Finding.ok("server", "takes events, and nothing is behind"));
            }
        } else {
            findings.add(new Finding(
                    Verdict.FAIL,
                    "server",
                    "what answers is no server of Forestall's: status " + answer.statusCode(),
                    "Is it the address that the server has printed?"));
        }
        return findings;
    }

    private static Finding clock(HttpResponse<byte[]> answer) {
        String date = answer.headers().firstValue("Date").orElse("");
        try {
            Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration apart =
                    Duration.between(theirs, Clock.systemUTC().instant()).abs();
            return apart.compareTo(CLOCKS_DIFFER) > 0
                    ? new Finding(
                            Verdict.WARN,
                            "clock",
                            "the server's clock and this one are " + apart.toSeconds() + " s apart",
                            "Let both keep time by NTP: waits and quiet hours go by the server's")
                    : Finding.ok("clock", "the server's and this one agree");
        } catch (DateTimeException none) {
            return new Finding(Verdict.WARN, "clock", "the server does not say what time it is", "");
        }
    }

    private static Finding certificate(X509Certificate certificate) {
        Duration left = Duration.between(
                Clock.systemUTC().instant(), certificate.getNotAfter().toInstant());
        String found = "holds for " + left.toDays() + " more days";
        return left.compareTo(CERTIFICATE_SOON) < 0
                ? new Finding(Verdict.WARN, "certificate", found, "Renew it, and start the server again")
                : Finding.ok("certificate", found);
    }
}
