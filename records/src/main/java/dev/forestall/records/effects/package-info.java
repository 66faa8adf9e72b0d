/**
 * What has been said?
 *
 * <p>Committed effects go in; one row for each, timelines, and the chain of causes behind an effect come out.
 */
@NullMarked
package dev.forestall.records.effects;

import org.jspecify.annotations.NullMarked;
