package dev.forestall.loop.gate;

import dev.forestall.loop.event.InWords;

/**
 * Something of which there is only so much, whoever needs it: the minutes of agents, the visits of technicians. Immutable.
 *
 * @param name as the pack calls it
 * @param amount how much there is in each period, above 0, in a unit of its own
 * @param perMillis how long a period is, above 0; periods begin at whole multiples of it since 1970 UTC
 */
public record Resource(String name, long amount, long perMillis) {

    public Resource {
        if (name.isEmpty() || amount <= 0 || perMillis <= 0) {
            throw new IllegalArgumentException(
                    "resource '" + name + "' of " + amount + " per " + perMillis + " ms is impossible");
        }
    }

    /** For people: {@code agent_minutes, 600 per 1 h}. */
    public String inWords() {
        return name + ", " + amount + " per " + InWords.duration(perMillis);
    }
}
