package dev.forestall.benchmarks.stream;

import java.util.Arrays;

/**
 * Makes the traffic: every customer lives on their own, by an own chance, with an activity that falls with the customer's rank
 * as in Zipf's law; then the lives are merged in time, cut to the wanted number of events, and some events are held up on their
 * way.
 */
final class TrafficGenerator {

    private static final long SEED = 20_260_105;
    private static final long RANKS = 1;
    private static final long LIVES = 2;
    private static final long HOLD_UPS = 3;

    /** The stream is to last this long; lives go on a little longer, so that cutting never runs short. */
    private static final int DAYS = 35;

    private static final int HORIZON_DAYS = 40;

    /** Flattens the top of the activity ranking. */
    private static final double RANK_OFFSET = 28;

    private static final double HELD_UP = 0.0915;

    /** No checkout begins in the last hour, so that nothing is pending at the end and no engine's end-of-input rule matters. */
    private static final long QUIET_END_MILLIS = 3_600_000;

    private TrafficGenerator() {}

    static Traffic generate(StreamSize size) {
        var inEventTime = lives(size);
        calmTheEnd(inEventTime);
        return new Traffic(size, arrivals(inEventTime));
    }

    private static long[] lives(StreamSize size) {
        var all = new Growing(size.events() + size.events() / 4);
        var harmonic = StrictMath.log((size.customers() + RANK_OFFSET) / RANK_OFFSET);
        var sessionsPerDay = size.events() / (CustomerLife.EVENTS_PER_SESSION * DAYS);
        for (var customer = 0; customer < size.customers(); customer++) {
            var who = customer;
            var rank = Chance.of(SEED, RANKS, customer).unit() * size.customers();
            var share = 1 / ((rank + RANK_OFFSET) * harmonic);
            new CustomerLife(Chance.of(SEED, LIVES, customer), (at, type) -> all.add(Happening.pack(at, who, type)))
                    .live(sessionsPerDay * share, HORIZON_DAYS * CustomerLife.DAY_MILLIS);
        }
        return all.smallest(size.events());
    }

    private static void calmTheEnd(long[] inEventTime) {
        var quietFrom = Happening.offsetMillis(inEventTime[inEventTime.length - 1]) - QUIET_END_MILLIS;
        for (var i = inEventTime.length - 1; Happening.offsetMillis(inEventTime[i]) >= quietFrom; i--) {
            var happening = inEventTime[i];
            if (Happening.type(happening) == EventType.CHECKOUT_STEP) {
                inEventTime[i] = Happening.pack(
                        Happening.offsetMillis(happening), Happening.customer(happening), EventType.PAGE_VIEW);
            }
        }
    }

    /**
     * Puts the events into the order of arrival. One that is held up arrives right behind a punctual one that happened up to
     * {@link Traffic#LATENESS_MILLIS} later.
     */
    private static long[] arrivals(long[] inEventTime) {
        var chance = Chance.of(SEED, HOLD_UPS, 0);
        var probability = HELD_UP * inEventTime.length / countOvertakable(inEventTime);
        var indexBits = 64 - Long.numberOfLeadingZeros(inEventTime.length);
        var keys = new long[inEventTime.length];
        var heldUp = new boolean[inEventTime.length];
        for (var i = inEventTime.length - 1; i >= 0; i--) {
            var overtaker = i;
            if (chance.happens(probability)) {
                overtaker = punctualWithinLateness(inEventTime, heldUp, i, chance);
                heldUp[i] = overtaker != i;
            }
            var arrival = Happening.offsetMillis(inEventTime[overtaker]) * 2 + (heldUp[i] ? 1 : 0);
            keys[i] = (arrival << indexBits) | i;
        }
        Arrays.sort(keys);
        var arrivals = new long[inEventTime.length];
        for (var i = 0; i < arrivals.length; i++) {
            arrivals[i] = inEventTime[(int) (keys[i] & ((1L << indexBits) - 1))];
        }
        return arrivals;
    }

    private static int punctualWithinLateness(long[] inEventTime, boolean[] heldUp, int index, Chance chance) {
        var last = index;
        while (last + 1 < inEventTime.length && isWithinLateness(inEventTime, index, last + 1)) {
            last++;
        }
        var chosen = last == index ? index : index + 1 + chance.below(last - index);
        while (chosen > index && (heldUp[chosen] || isSameInstant(inEventTime, index, chosen))) {
            chosen--;
        }
        return chosen;
    }

    private static int countOvertakable(long[] inEventTime) {
        var count = 0;
        for (var i = 0; i + 1 < inEventTime.length; i++) {
            count += isWithinLateness(inEventTime, i, i + 1) ? 1 : 0;
        }
        return Math.max(count, 1);
    }

    private static boolean isWithinLateness(long[] inEventTime, int earlier, int later) {
        return Happening.offsetMillis(inEventTime[later]) - Happening.offsetMillis(inEventTime[earlier])
                <= Traffic.LATENESS_MILLIS;
    }

    private static boolean isSameInstant(long[] inEventTime, int one, int other) {
        return Happening.offsetMillis(inEventTime[one]) == Happening.offsetMillis(inEventTime[other]);
    }

    /** A growing list of packed events. */
    private static final class Growing {

        private long[] items;
        private int count;

        Growing(int capacity) {
            items = new long[capacity];
        }

        void add(long item) {
            if (count == items.length) {
                items = Arrays.copyOf(items, count + (count >> 1));
            }
            items[count++] = item;
        }

        long[] smallest(int wanted) {
            if (count < wanted) {
                throw new IllegalStateException("only " + count + " of " + wanted + " events happened in "
                        + HORIZON_DAYS + " days; raise the horizon");
            }
            Arrays.sort(items, 0, count);
            return Arrays.copyOf(items, wanted);
        }
    }
}
