/**
 * Which model predicts best, and is it good enough to be used?
 *
 * <p>In goes a table; gradient boosting, logistic regression and their blend run against the plain rate and the best single column.
 * What wins on validation is calibrated, fitted on all of the training rows and judged once on the test rows.
 */
@NullMarked
package dev.forestall.learning.train;

import org.jspecify.annotations.NullMarked;
