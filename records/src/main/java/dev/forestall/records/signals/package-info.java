/**
 * What is going wrong now?
 *
 * <p>Signals and risks that come and go go in; those that hold now come out.
 */
@NullMarked
package dev.forestall.records.signals;

import org.jspecify.annotations.NullMarked;
