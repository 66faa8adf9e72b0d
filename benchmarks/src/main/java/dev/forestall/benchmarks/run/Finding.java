package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.pattern.Tally;

/** What a measuring process tells the one that started it, one line each on standard output. */
sealed interface Finding {

    /**
     * One pass over the stream.
     *
     * @param cpuNanos of all threads of the process, garbage collection and compilation included
     */
    record Pass(long wallNanos, long cpuNanos, Tally tally) implements Finding {}

    /** The most memory that the process ever held, as the operating system counts it. */
    record PeakMemory(long bytes) implements Finding {}

    /** Live heap with all state in place, less what was there before the first event. */
    record Held(long bytes) implements Finding {}

    /** What is on disk at the end, as {@link dev.forestall.benchmarks.engine.Track#stored} says. */
    record Stored(long customers, long bytes) implements Finding {}

    /** From when an event was due to when its match was reported, over all measured matches. */
    record Latency(long matches, long p50Nanos, long p99Nanos, long p999Nanos, long maxNanos) implements Finding {}

    /** Marks a line as a finding; anything else on standard output is an engine's chatter. */
    String MARK = "@finding ";

    default String line() {
        return MARK
                + switch (this) {
                    case Pass pass -> "pass " + pass.wallNanos + " " + pass.cpuNanos + " " + pass.tally.format();
                    case PeakMemory memory -> "peak " + memory.bytes;
                    case Held held -> "held " + held.bytes;
                    case Stored stored -> "stored " + stored.customers + " " + stored.bytes;
                    case Latency l ->
                        "latency " + l.matches + " " + l.p50Nanos + " " + l.p99Nanos + " " + l.p999Nanos + " "
                                + l.maxNanos;
                };
    }

    /** Reads what {@link #line()} wrote. */
    static Finding parse(String line) {
        var words = line.substring(MARK.length()).split(" ", -1);
        return switch (words[0]) {
            case "pass" -> new Pass(Long.parseLong(words[1]), Long.parseLong(words[2]), Tally.parse(words[3]));
            case "peak" -> new PeakMemory(Long.parseLong(words[1]));
            case "stored" -> new Stored(Long.parseLong(words[1]), Long.parseLong(words[2]));
            case "held" -> new Held(Long.parseLong(words[1]));
            case "latency" ->
                new Latency(
                        Long.parseLong(words[1]),
                        Long.parseLong(words[2]),
                        Long.parseLong(words[3]),
                        Long.parseLong(words[4]),
                        Long.parseLong(words[5]));
            default -> throw new IllegalArgumentException("not a finding: " + line);
        };
    }
}
