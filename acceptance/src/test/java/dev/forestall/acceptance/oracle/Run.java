package dev.forestall.acceptance.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One run of the oracle's only kind of journey: it starts with an a, which is also its step 0; b and c are steps 1 and 2; g ends it well,
 * f badly, and so does silence of some length.
 *
 * @param key which run
 * @param events all events of the run in the order of time, from its start to its end
 * @param stays where the customer was, one after the other; the last one lasts to the end
 * @param endAt when it ended; {@link Truth#OPEN} when it did not
 * @param end how it ended: g, f, or s for silence; n when it did not
 */
record Run(String key, List<Happening> events, List<Stay> stays, long endAt, char end) {

    static final String STEPS = "abc";

    /**
     * A customer's time in a step.
     *
     * @param step 0 to 2
     * @param from when she entered
     * @param to when she left or the run ended; {@link Truth#OPEN} when she is still there
     */
    record Stay(int step, long from, long to) {}

    /** Silence is a bad end as well. */
    boolean endedBadly() {
        return end == 'f' || end == 's';
    }

    /**
     * All runs of one customer.
     *
     * @param events in the order of time
     * @param abandonedAfter the silence that ends a run; 0 for none
     * @param horizon the last instant of which anything can be said
     */
    static List<Run> of(List<Happening> events, long abandonedAfter, long horizon) {
        List<Run> runs = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>();
        events.forEach(each -> keys.add(each.key()));
        keys.remove("");
        for (String key : keys) {
            List<Happening> about =
                    events.stream().filter(each -> each.key().equals(key)).toList();
            int next = 0;
            while (next < about.size()) {
                next = about.get(next).is("a") ? add(runs, key, about, next, abandonedAfter, horizon) : next + 1;
            }
        }
        return runs;
    }

    /** Adds the run that starts at a place; returns the place behind its last event. */
    private static int add(
            List<Run> runs, String key, List<Happening> about, int start, long abandonedAfter, long horizon) {
        int last = start;
        long endAt = Truth.OPEN;
        char end = 'n';
        while (end == 'n') {
            long silent = abandonedAfter == 0 ? Truth.OPEN : about.get(last).at() + abandonedAfter;
            boolean isLast = last + 1 == about.size();
            if (silent <= horizon && (isLast || about.get(last + 1).at() > silent)) {
                endAt = silent;
                end = 's';
            } else if (isLast) {
                break;
            } else {
                last++;
                if (about.get(last).is("gf")) {
                    endAt = about.get(last).at();
                    end = about.get(last).type();
                }
            }
        }
        List<Happening> events = about.subList(start, last + 1);
        runs.add(new Run(key, events, stays(events, endAt), endAt, end));
        return last + 1;
    }

    private static List<Stay> stays(List<Happening> events, long endAt) {
        List<Happening> entries = new ArrayList<>();
        for (Happening each : events) {
            boolean same = !entries.isEmpty() && entries.getLast().type() == each.type();
            if (each.is(STEPS) && !same) {
                entries.add(each);
            }
        }
        List<Stay> stays = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            long to = i + 1 < entries.size() ? entries.get(i + 1).at() : endAt;
            stays.add(new Stay(
                    STEPS.indexOf(entries.get(i).type()), entries.get(i).at(), to));
        }
        return stays;
    }
}
