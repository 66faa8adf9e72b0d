/**
 * What would a pack for this file look like, when nobody has described it?
 *
 * <p>A file goes in. Its columns are looked at ({@link dev.forestall.run.draft.Column}), what they are for is guessed ({@link
 * dev.forestall.run.draft.Roles}), the histories of the customers are put together ({@link dev.forestall.run.draft.Stories}), and a journey,
 * signals and predictions are proposed of them. {@link dev.forestall.run.draft.PackText} alone writes text. The same file gives the same pack.
 */
@NullMarked
package dev.forestall.run.draft;

import org.jspecify.annotations.NullMarked;
