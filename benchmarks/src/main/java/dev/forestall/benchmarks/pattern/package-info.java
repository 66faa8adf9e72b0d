/**
 * What is to be found: the four patterns, how matches are counted and compared, and the brute-force answer every engine must
 * give.
 */
@org.jspecify.annotations.NullMarked
package dev.forestall.benchmarks.pattern;
