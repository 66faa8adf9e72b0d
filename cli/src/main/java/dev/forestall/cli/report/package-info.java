/**
 * What did a run show?
 *
 * <p>Effects go in, one after the other, in bounded memory; a {@link dev.forestall.cli.report.Report} comes out, to be printed for people
 * or as JSON.
 */
@NullMarked
package dev.forestall.cli.report;

import org.jspecify.annotations.NullMarked;
