package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Exit;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --url}: a server that runs, instead of a data directory that nobody uses. Its key is no option, for options can be seen by others. */
final class Remote {

    private static final String KEY = "FORESTALL_KEY";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The server that runs, such as http://127.0.0.1:8080. Its secret key is read from the environment: "
                            + KEY + ".")
    private @Nullable URI url;

    /** The server, if one is named. */
    Optional<RemoteServer> server() {
        if (url == null) {
            return Optional.empty();
        }
        if (url.getHost() == null || !"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, "--url: found '" + url + "', expected an address such as http://127.0.0.1:8080");
        }
        String key = System.getenv(KEY);
        if (key == null || key.isBlank()) {
            throw CliError.NO_KEY.because(
                    Exit.NOT_ALLOWED,
                    "the environment has no " + KEY
                            + ". Make a secret key in the console, under System, and export it");
        }
        return Optional.of(new RemoteServer(url, key.strip()));
    }
}
