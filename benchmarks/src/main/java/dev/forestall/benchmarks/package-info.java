/**
 * How fast and how small? The four patterns of the benchmarks, found by Forestall, by Flink and by a hand-written engine in one
 * run. In goes a seeded stream, out come tables; README.md beside the sources explains them.
 */
@org.jspecify.annotations.NullMarked
package dev.forestall.benchmarks;
