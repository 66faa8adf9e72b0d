package dev.forestall.benchmarks.flink;

import dev.forestall.benchmarks.pattern.Pattern;

/** A match on its way from a Flink operator to its sink; see {@link dev.forestall.benchmarks.pattern.MatchSink}. */
public record Match(Pattern pattern, String customer, long at, int cause) {}
