/**
 * What did a run show?
 *
 * <p>Effects go in, one after the other, in bounded memory; a {@link dev.forestall.views.report.Report} comes out.
 */
@NullMarked
package dev.forestall.views.report;

import org.jspecify.annotations.NullMarked;
