package dev.forestall.pack;

import dev.forestall.pack.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A pack has errors and cannot be used. The message names all of them. */
public final class PackException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    PackException(List<Problem> problems) {
        super(problems.stream()
                .map(Problem::toString)
                .collect(Collectors.joining(
                        "\n", "the pack has errors; `./forestall check PACK` shows them too:\n", "")));
        this.problems = List.copyOf(problems);
    }

    /** In the order in which they stand in the files. */
    public List<Problem> problems() {
        return problems;
    }
}
