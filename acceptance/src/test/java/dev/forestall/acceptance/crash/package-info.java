/**
 * Does a replay whose process is killed, and which then goes on, come to the same as one that nobody disturbs?
 *
 * <p>The real command runs in a process of its own. A seed chooses how far it may come; what it writes shows how far it is.
 */
@NullMarked
package dev.forestall.acceptance.crash;

import org.jspecify.annotations.NullMarked;
