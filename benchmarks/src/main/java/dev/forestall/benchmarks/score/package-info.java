/**
 * What does a probability cost, and what its reasons? In goes a booster that the training library has grown; out come ways to score
 * and to explain one row: the library's own, trees of objects, and ours, of which no figure counts unless they agree.
 */
@org.jspecify.annotations.NullMarked
package dev.forestall.benchmarks.score;
