/**
 * How do tables follow the effects?
 *
 * <p>Batches of effects go in; rows of all tables and the place they are made up to come out, in one transaction: each effect exactly once.
 */
@NullMarked
package dev.forestall.records.projection;

import org.jspecify.annotations.NullMarked;
