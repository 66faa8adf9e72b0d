package dev.forestall.benchmarks;

import dev.forestall.benchmarks.run.Benchmarks;
import java.io.IOException;
import java.util.Arrays;

/** The command line behind {@code ./dev bench}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            System.out.println(Benchmarks.HELP);
            return;
        }
        try {
            Benchmarks.run(arguments[0], Arrays.asList(arguments).subList(1, arguments.length));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
