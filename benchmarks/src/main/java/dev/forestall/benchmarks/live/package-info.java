/**
 * How fast is a server as its users start it, in a process of its own?
 *
 * <p>Events and questions of many clients go in over HTTP; how long it took until they were answered, and until they had an effect, comes out.
 */
@NullMarked
package dev.forestall.benchmarks.live;

import org.jspecify.annotations.NullMarked;
