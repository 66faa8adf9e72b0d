package dev.forestall.pack.problem;

import dev.forestall.pack.problem.Problem.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Collects all that is wrong with one pack. For one thread. */
public final class Problems {

    private final List<Problem> all = new ArrayList<>();

    public void error(PackError code, Place place, String path, String found, String expected) {
        add(new Problem(code, Severity.ERROR, place, path, found, expected, ""));
    }

    public void warning(PackError code, Place place, String path, String found, String expected) {
        add(new Problem(code, Severity.WARNING, place, path, found, expected, ""));
    }

    /** Something was called by a name that does not exist. */
    public void unknown(PackError code, Place place, String path, String what, String name, Collection<String> valid) {
        String nearest = Nearest.to(name, valid);
        String expected = valid.isEmpty() ? "There is none" : "There is " + Nearest.list(valid);
        add(new Problem(
                code, Severity.ERROR, place, path, "there is no " + what + " '" + name + "'", expected, nearest));
    }

    /** Adds it, unless the same is said of the same place already. */
    public void add(Problem problem) {
        if (!all.contains(problem)) {
            all.add(problem);
        }
    }

    public boolean hasErrors() {
        return all.stream().anyMatch(Problem::isError);
    }

    /** In the order in which they stand in the files. */
    public List<Problem> sorted() {
        return all.stream()
                .sorted(Comparator.comparing(Problem::place)
                        .thenComparing(Problem::code)
                        .thenComparing(Problem::found))
                .toList();
    }
}
