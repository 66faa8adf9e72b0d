package dev.forestall.cli;

import dev.forestall.cli.command.Commands;
import dev.forestall.cli.text.Terminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** {@code forestall}: see {@link Commands} for what it can do. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int code = Commands.run(new Console(out, err, Terminal.detect(System.getenv())), arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** In UTF-8 whatever the machine's settings: what is printed comes from packs and files, which are UTF-8. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 13),
                descriptor == FileDescriptor.err,
                StandardCharsets.UTF_8);
    }
}
