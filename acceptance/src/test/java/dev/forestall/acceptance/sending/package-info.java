/** Sending, killed at named points: a child process with a database of its own, and a receiver that counts. */
@NullMarked
package dev.forestall.acceptance.sending;

import org.jspecify.annotations.NullMarked;
