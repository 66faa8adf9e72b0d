package dev.forestall.benchmarks.stream;

/**
 * Writes down one customer's days: sessions by day and rarely by night, in them browsing, checkouts that end in a purchase or
 * not, logins that fail several times, contacts with a follow-up; and some customers fade away.
 */
final class CustomerLife {

    /** Mean number of events of a session with all that follows from it; found by counting. */
    static final double EVENTS_PER_SESSION = 4.15;

    static final long DAY_MILLIS = 86_400_000;

    private static final long HOUR_MILLIS = 3_600_000;
    private static final long MINUTE_MILLIS = 60_000;
    private static final double FADES = 0.18;
    private static final double SESSION_KEPT_WHEN_FADED = 0.12;

    /** How busy each UTC hour is, in percent of the busiest. */
    private static final int[] HOUR_PERCENT = {
        20, 12, 8, 6, 6, 10, 22, 40, 58, 70, 78, 84, 90, 84, 78, 76, 80, 88, 96, 100, 98, 84, 60, 36
    };

    /** The mean of {@link #HOUR_PERCENT}, as a share. */
    private static final double MEAN_BUSYNESS = 0.5767;

    private final Chance chance;
    private final Journal journal;
    private long now;

    /** Where what happens is written down. */
    interface Journal {
        /** @param at milliseconds since the start of the stream; not in order */
        void add(long at, EventType type);
    }

    CustomerLife(Chance chance, Journal journal) {
        this.chance = chance;
        this.journal = journal;
    }

    /** @param sessionsPerDay how many sessions this customer starts a day, on average, unless faded away */
    void live(double sessionsPerDay, long horizonMillis) {
        var fadesAt = chance.happens(FADES) ? (10 + chance.below(20)) * DAY_MILLIS : Long.MAX_VALUE;
        // More sessions are drawn than happen; the hour of the day then decides which of them do.
        var meanGap = DAY_MILLIS * MEAN_BUSYNESS / sessionsPerDay;
        var start = (long) chance.exponential(meanGap);
        while (start < horizonMillis) {
            var hour = (int) (start % DAY_MILLIS / HOUR_MILLIS);
            if (chance.below(100) < HOUR_PERCENT[hour]
                    && (start < fadesAt || chance.happens(SESSION_KEPT_WHEN_FADED))) {
                session(start);
            }
            start += 1 + (long) chance.exponential(meanGap);
        }
    }

    private void session(long start) {
        now = start;
        log(EventType.APP_OPEN);
        browse(2.0);
        var occasion = chance.unit();
        if (occasion < 0.06) {
            troubledLogin();
        } else if (occasion < 0.26) {
            checkout();
        } else if (occasion < 0.29) {
            contactUntilSettled();
        } else if (occasion < 0.55) {
            pause(15);
            log(EventType.LOGIN);
            browse(2.5);
        }
    }

    private void browse(double meanEvents) {
        var events = (int) chance.exponential(meanEvents);
        for (var i = 0; i < events; i++) {
            pause(25);
            log(EventType.browsing(chance));
        }
    }

    private void troubledLogin() {
        var failures = 2 + chance.below(6);
        for (var i = 0; i < failures; i++) {
            pause(chance.happens(0.05) ? 500 : 22);
            log(EventType.LOGIN_FAILED);
        }
        pause(30);
        log(chance.happens(0.4) ? EventType.PASSWORD_RESET : EventType.LOGIN);
        if (chance.happens(0.3)) {
            pause(20);
            log(EventType.LOGOUT);
        }
    }

    private void checkout() {
        var steps = 1 + chance.below(4);
        for (var i = 0; i < steps; i++) {
            // Some are called away for so long that they look lost, and come back.
            pause(chance.happens(0.03) ? 2_400 : 55);
            log(EventType.CHECKOUT_STEP);
            browse(0.8);
        }
        if (chance.happens(0.42)) {
            pause(50);
            log(EventType.PURCHASE);
        }
    }

    private void contactUntilSettled() {
        log(EventType.CONTACT);
        while (chance.happens(0.42)) {
            now += 30 * MINUTE_MILLIS + (long) chance.exponential(2.2 * DAY_MILLIS);
            log(EventType.CONTACT);
        }
    }

    private void pause(double meanSeconds) {
        now += 200 + (long) chance.exponential(meanSeconds * 1_000);
    }

    private void log(EventType type) {
        journal.add(now, type);
    }
}
