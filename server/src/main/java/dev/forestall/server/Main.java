package dev.forestall.server;

import dev.forestall.loop.host.StorageException;
import dev.forestall.server.demo.Demo;
import dev.forestall.server.settings.Settings;
import dev.forestall.server.settings.SettingsReader;
import dev.forestall.server.settings.WrongSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code forestall serve}: runs until it is told to stop. */
public final class Main {

    /** As the command line's guide lists them. */
    private static final int STOPPED = 0;

    private static final int PACK_WRONG = 2;
    private static final int DATA = 3;
    private static final int INTERNAL = 70;
    private static final int CONFIGURATION = 78;

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        long began = System.nanoTime();
        try {
            if (List.of(arguments).indexOf("--demo") == 0) {
                demo(List.of(arguments).subList(1, arguments.length), out, err);
                return;
            }
            if (List.of(arguments).indexOf("--users") == 0) {
                UserTool.run(List.of(arguments).subList(1, arguments.length), System.getenv(), out);
                return;
            }
            Settings settings = SettingsReader.read(List.of(arguments), System.getenv());
            Server server = Server.start(settings);
            // Only from here on does stopping mean to finish what was taken; a start that is broken off leaves nothing
            // behind.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server::close, err), "forestall-stop"));
            out.print(server.greeting(System.nanoTime() - began));
        } catch (WrongSettings wrong) {
            end(err, CONFIGURATION, String.valueOf(wrong.getMessage()));
        } catch (NotStarted refused) {
            end(
                    err,
                    refused.error() == ServerError.NO_PACK ? PACK_WRONG : CONFIGURATION,
                    String.valueOf(refused.getMessage()));
        } catch (StorageException unusable) {
            end(err, DATA, String.valueOf(unusable.getMessage()));
        } catch (RuntimeException mistake) {
            mistake.printStackTrace(err);
            end(
                    err,
                    INTERNAL,
                    ServerError.INTERNAL.code() + " the server made a mistake: please report the lines above");
        }
    }

    private static void demo(List<String> arguments, PrintStream out, PrintStream err) {
        Demo demo = Demo.start(Demo.Options.of(arguments), Demo.lending(), out);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(demo::close, err), "forestall-stop"));
        out.print(demo.text());
    }

    /** The system's own way out would report the signal: who is asked to stop and does has done well. */
    private static void stop(Runnable close, PrintStream err) {
        try {
            close.run();
            Runtime.getRuntime().halt(STOPPED);
        } catch (RuntimeException failed) {
            failed.printStackTrace(err);
            Runtime.getRuntime().halt(INTERNAL);
        }
    }

    private static void end(PrintStream err, int code, String message) {
        err.println(message);
        System.exit(code);
    }
}
