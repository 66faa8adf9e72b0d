/**
 * Forestall itself as a contender: the four patterns as a pack declares them, detected by the loop. In goes the same stream; the
 * signals it raises come out as matches.
 */
@org.jspecify.annotations.NullMarked
package dev.forestall.benchmarks.forestall;
