package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Exit;
import dev.forestall.loop.event.SubjectId;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the customer whom somebody means. */
final class Named {

    private static final int SHOWN = 10;

    private Named() {}

    /**
     * The one customer of several whom a key can mean.
     *
     * @param key as it was typed: a name of now or of former times, or any identifier
     * @param found whom it can mean
     * @param path of the data directory
     */
    static SubjectId one(String key, List<SubjectId> found, Path path) {
        if (found.isEmpty()) {
            throw CliError.NO_SUCH_SUBJECT.because(
                    Exit.NOT_FOUND,
                    "there is no customer '" + key + "' in " + path
                            + ". Keys are those of the log; the report of the run names one");
        }
        if (found.size() > 1) {
            throw CliError.SEVERAL_CUSTOMERS.because(
                    Exit.NOT_FOUND,
                    "several customers have an identifier '" + key + "': "
                            + found.stream().limit(SHOWN).map(SubjectId::key).collect(Collectors.joining(", "))
                            + (found.size() > SHOWN ? " and others" : "")
                            + ". Write it with its kind, such as email:" + key);
        }
        return found.getFirst();
    }
}
