/**
 * Who takes part: the contract of an engine, what it is given, and the hand-written engine that all others are measured
 * against.
 */
@org.jspecify.annotations.NullMarked
package dev.forestall.benchmarks.engine;
