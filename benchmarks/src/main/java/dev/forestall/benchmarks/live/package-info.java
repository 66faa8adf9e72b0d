/** A server as its users start it, in a process of its own, and those who use it. */
@NullMarked
package dev.forestall.benchmarks.live;

import org.jspecify.annotations.NullMarked;
