package dev.forestall.loop.action;

import dev.forestall.loop.event.Money;

/**
 * Something that can be done for a customer. Immutable.
 *
 * @param name as the pack calls it
 * @param does the kind of action, such as {@code message} or {@code workflow}
 * @param with what it is done with: a template or a workflow; empty for none
 * @param channel how it reaches the customer
 * @param cost of doing it once
 */
public record Action(String name, String does, String with, String channel, Money cost) {

    /** Always a candidate. */
    public static final String NOTHING = "nothing";
}
