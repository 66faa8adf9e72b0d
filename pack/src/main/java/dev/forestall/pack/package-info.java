/**
 * What did the people who know the business declare?
 *
 * <p>A folder of YAML goes in; a {@link dev.forestall.pack.Pack} with the loop's definition comes out, or every problem at once,
 * with file, line and column. Start at {@link dev.forestall.pack.Packs}.
 */
@NullMarked
package dev.forestall.pack;

import org.jspecify.annotations.NullMarked;
