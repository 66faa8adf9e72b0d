/**
 * Does the loop say what its words mean?
 *
 * <p>For every detector, what it is to say is computed a second time, by brute force over the whole list of events and from the words of
 * its documentation alone, and compared with what the loop says step by step. Broken copies of the loop show that this finds mistakes.
 */
@NullMarked
package dev.forestall.acceptance.oracle;

import org.jspecify.annotations.NullMarked;
