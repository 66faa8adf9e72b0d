package dev.forestall.benchmarks.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the processes of a comparison collect garbage, the same for all of them. */
enum Collector {
    /** What a Java process does unless told otherwise: every stored reference costs something, so that pauses stay short. */
    G1("-XX:+UseG1GC"),
    /** Made for throughput: stored references cost next to nothing, and pauses grow with what lives. */
    PARALLEL("-XX:+UseParallelGC");

    private final String flag;

    Collector(String flag) {
        this.flag = flag;
    }

    String flag() {
        return flag;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Collector of(String label) {
        return Arrays.stream(values())
                .filter(collector -> collector.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no collector is called '" + label + "'; there are "
                        + Arrays.stream(values()).map(Collector::label).collect(Collectors.joining(", "))));
    }
}
