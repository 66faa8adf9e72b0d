/**
 * How it is measured: every engine in its own Java process, the engines in turns, the answers checked, the figures side by
 * side. In goes a command such as {@code throughput}; out come tables.
 */
@org.jspecify.annotations.NullMarked
package dev.forestall.benchmarks.run;
