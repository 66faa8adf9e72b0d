/**
 * What do analysts get of each effect?
 *
 * <p>An effect goes in; one row comes out, of the kind it belongs to, described field by field in {@code docs/guides/outputs.md}. The same
 * effect gives the same bytes.
 */
@NullMarked
package dev.forestall.views.out;

import org.jspecify.annotations.NullMarked;
