package dev.forestall.pack;

import java.util.List;

/**
 * What a pack costs before it goes live: bounds from what it declares, not measurements.
 *
 * @param customer what each customer costs at worst, with one run of each journey
 * @param heaviestEvent the event that is the most work
 * @param workPerEvent values looked at for such an event, at worst
 * @param wakeUpsPerEvent wake-ups that such an event can ask for, at worst
 * @param parts by what the bytes are needed for, the largest first
 */
public record PackCost(int customer, String heaviestEvent, int workPerEvent, int wakeUpsPerEvent, List<Part> parts) {

    /**
     * One declaration.
     *
     * @param name such as {@code signals.offer_stall}
     * @param subject the kind of subject that bears it
     * @param bytes of state per subject, at worst
     * @param wakeUps it can ask for per event that it looks at
     * @param work values it looks at per event, at worst
     */
    public record Part(String name, String subject, int bytes, int wakeUps, int work) {}

    public PackCost {
        parts = List.copyOf(parts);
    }
}
