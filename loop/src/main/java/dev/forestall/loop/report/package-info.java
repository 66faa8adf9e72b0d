/**
 * The stage of reports: what did people, channels and workflows do with what the loop said?
 *
 * <p>In goes a {@link Report} from outside that names an effect or a customer. Out comes what it means to the stages: an event of a built-in
 * type, where the tracking plan holds that type. What it means to a request, the stage {@code action} knows.
 */
@NullMarked
package dev.forestall.loop.report;

import org.jspecify.annotations.NullMarked;
