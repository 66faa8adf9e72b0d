/**
 * What is done, when, and once?
 *
 * <p>Action requests of the engine go in; messages through channels, and reports of what became of them, come out. Nothing is sent without a
 * committed permit, and each request ends in exactly one state.
 */
@NullMarked
package dev.forestall.dispatch;

import org.jspecify.annotations.NullMarked;
