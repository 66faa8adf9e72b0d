/**
 * What did people and channels report that the engine does not have yet?
 *
 * <p>Reports go in, each once, in the transaction of whatever they go with; they go on to the engine's log, in order, and are kept until it has
 * them.
 */
@NullMarked
package dev.forestall.records.inbox;

import org.jspecify.annotations.NullMarked;
