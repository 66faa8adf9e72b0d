package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.engine.Contender;
import dev.forestall.benchmarks.engine.HandWritten;
import dev.forestall.benchmarks.flink.FlinkCep;
import dev.forestall.benchmarks.flink.FlinkKeyed;
import dev.forestall.benchmarks.forestall.ForestallDurable;
import dev.forestall.benchmarks.forestall.ForestallInMemory;
import dev.forestall.benchmarks.pattern.Pattern;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Everyone who takes part. */
final class Contenders {

    private static final Set<Pattern> FOUR = EnumSet.allOf(Pattern.class);
    private static final Set<Pattern> FIRST_THREE = EnumSet.complementOf(EnumSet.of(Pattern.DECLINE));

    private Contenders() {}

    static List<Contender> all() {
        return List.of(
                new HandWritten(1, FOUR),
                new HandWritten(2, FOUR),
                new ForestallInMemory(1),
                new ForestallInMemory(2),
                new ForestallDurable(1),
                new ForestallDurable(2),
                new FlinkKeyed(1, FlinkKeyed.Form.CHAINED),
                new FlinkKeyed(1, FlinkKeyed.Form.KEYED),
                new FlinkKeyed(2, FlinkKeyed.Form.KEYED),
                new FlinkKeyed(1, FlinkKeyed.Form.TUNED),
                new FlinkKeyed(2, FlinkKeyed.Form.ROCKSDB),
                new HandWritten(1, FIRST_THREE),
                new FlinkCep(1),
                new FlinkCep(2));
    }

    static Contender named(String name) {
        return all().stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no contender is called '" + name + "'; there are " + names(all())));
    }

    /** Who a contender is compared with: the hand-written engine on one thread, asked for the same patterns. */
    static String measureOf(Contender contender) {
        return new HandWritten(1, contender.patterns()).name();
    }

    static String names(List<Contender> contenders) {
        return contenders.stream().map(Contender::name).collect(Collectors.joining(", "));
    }
}
