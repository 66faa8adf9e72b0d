/**
 * What happens: a seeded stream of customer activity, the same on every machine. In goes a size; out come events in the order of
 * their arrival, as objects or as JSON lines.
 */
@org.jspecify.annotations.NullMarked
package dev.forestall.benchmarks.stream;
