package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.engine.Contender;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.benchmarks.pattern.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/**
 * Several contenders measured in turns, so that a busy minute of the machine falls on all of them. A wrong answer ends the
 * comparison: its speed would mean nothing.
 */
final class Comparison {

    private final SequencedMap<String, List<List<Finding>>> findings = new LinkedHashMap<>();

    private Comparison() {}

    static Comparison run(Task.Measure measure, Options options) {
        System.out.println(
                "computing the right answer for the set '" + options.size().label() + "' by brute force");
        var right = only(Finding.Pass.class, Fork.run(options.task(measure, Task.REFERENCE)))
                .getFirst()
                .tally();
        for (var pattern : Pattern.values()) {
            System.out.println("  " + pattern.label() + ": " + right.format(pattern));
        }
        var comparison = new Comparison();
        var contenders = options.contenders();
        for (var repetition = 1; repetition <= options.repetitions(); repetition++) {
            for (var contender : contenders) {
                System.out.println(
                        "repetition " + repetition + " of " + options.repetitions() + ": " + contender.name());
                var found = Fork.run(options.task(measure, contender.name()));
                check(contender, right, found);
                comparison
                        .findings
                        .computeIfAbsent(contender.name(), name -> new ArrayList<>())
                        .add(found);
            }
        }
        return comparison;
    }

    /** What was found, over all repetitions. */
    <F extends Finding> Spread spread(String contender, Class<F> kind, ToDoubleFunction<List<F>> figure) {
        return Spread.of(findings.getOrDefault(contender, List.of()).stream()
                .map(repetition -> figure.applyAsDouble(only(kind, repetition)))
                .toList());
    }

    /** What was found last, if such a thing was found at all. */
    <F extends Finding> Optional<F> last(String contender, Class<F> kind) {
        return findings.getOrDefault(contender, List.of()).stream()
                .flatMap(repetition -> only(kind, repetition).stream())
                .reduce((before, after) -> after);
    }

    Iterable<Contender> contenders() {
        return findings.sequencedKeySet().stream().map(Contenders::named).toList();
    }

    private static void check(Contender contender, Tally right, List<Finding> found) {
        for (var pass : only(Finding.Pass.class, found)) {
            for (var pattern : Pattern.values()) {
                var expected =
                        contender.patterns().contains(pattern) ? right.format(pattern) : new Tally().format(pattern);
                if (!pass.tally().format(pattern).equals(expected)) {
                    throw new IllegalStateException(contender.name() + " is wrong about " + pattern.label() + ": found "
                            + pass.tally().format(pattern) + ", right is " + expected);
                }
            }
        }
    }

    private static <F extends Finding> List<F> only(Class<F> kind, List<Finding> findings) {
        return findings.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
