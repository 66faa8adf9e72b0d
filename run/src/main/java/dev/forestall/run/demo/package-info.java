/**
 * What can a newcomer see without a log of their own?
 *
 * <p>A seed and a number of applications go in; a log as a bank would write it comes out, with trouble planted in it that the lending
 * pack should find.
 */
@NullMarked
package dev.forestall.run.demo;

import org.jspecify.annotations.NullMarked;
