/**
 * Who should know, and is it still so?
 *
 * <p>Alerts that are raised, escalated and resolved go in; the open ones come out.
 */
@NullMarked
package dev.forestall.records.alerts;

import org.jspecify.annotations.NullMarked;
