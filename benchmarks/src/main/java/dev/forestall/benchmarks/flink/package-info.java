/**
 * Apache Flink on the same work, run inside the process: a keyed function on the heap and on RocksDB, and its pattern library.
 * A kind setting for Flink: nothing leaves the process.
 */
@org.jspecify.annotations.NullMarked
package dev.forestall.benchmarks.flink;
