package dev.forestall.loop.gate;

import java.util.List;

/**
 * What something is done for: it says which rules hold. Immutable.
 *
 * @param name as the pack calls it
 * @param priority of several requests to one customer at one instant, the one with the highest goes on; 0 to {@link #MAX_PRIORITY}
 * @param needsConsent whether the customer must have agreed
 * @param respectsOptOut whether the customer can object
 * @param decidedByPerson whether a person must approve each request: for legal or similarly significant effects
 * @param ignoresQuiet whether it may go out in quiet hours and when the calendar is closed
 * @param ignoresCaps whether caps neither hold for it nor count it
 */
public record Purpose(
        String name,
        int priority,
        boolean needsConsent,
        boolean respectsOptOut,
        boolean decidedByPerson,
        boolean ignoresQuiet,
        boolean ignoresCaps) {

    public static final int MAX_PRIORITY = 1_000;

    /** Notices that the law demands. */
    public static final Purpose LEGAL = new Purpose("legal", 100, false, false, false, true, true);

    /** What belongs to what the customer has ordered: outages, deliveries, appointments, payments. */
    public static final Purpose SERVICE = new Purpose("service", 50, false, true, false, false, false);

    /** Decisions with a legal or similarly significant effect on the customer. */
    public static final Purpose CREDIT = new Purpose("credit", 20, true, true, true, false, false);

    public static final Purpose MARKETING = new Purpose("marketing", 10, true, true, false, false, false);

    /** What a pack has that declares none. */
    public static final List<Purpose> USUAL = List.of(LEGAL, SERVICE, CREDIT, MARKETING);

    /** The same for a customer who is there by themselves: nobody is disturbed. */
    public Purpose inSession() {
        return new Purpose(name, priority, needsConsent, respectsOptOut, decidedByPerson, true, ignoresCaps);
    }

    public Purpose {
        if (name.isEmpty() || priority < 0 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException(
                    "purpose '" + name + "' with priority " + priority + ": the priority must be 0 to " + MAX_PRIORITY);
        }
    }
}
