/**
 * What would a customer, a team lead or an analyst notice?
 *
 * <p>Stories told to the loop event by event: journeys, traits, alerts, decisions and outcomes; and what must hold whatever happens.
 */
@NullMarked
package dev.forestall.acceptance.behaviour;

import org.jspecify.annotations.NullMarked;
