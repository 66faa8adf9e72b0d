/**
 * How does a figure read best?
 *
 * <p>Counts, shares, times and money go in; words, aligned tables and a progress bar come out. Colours appear on terminals only, and never
 * carry a meaning that the words do not.
 */
@NullMarked
package dev.forestall.cli.text;

import org.jspecify.annotations.NullMarked;
