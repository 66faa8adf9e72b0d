package dev.forestall.acceptance.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One run of a journey.
 *
 * @param key which run
 * @param events all events of the run in the order of time, from its start to its end
 * @param stays where the customer was, one after the other; the last one lasts to the end
 * @param endAt when it ended; {@link Truth#OPEN} when it did not
 * @param end how it ended
 */
record Run(String key, List<Happening> events, List<Stay> stays, long endAt, End end) {

    /** How a run ends. */
    enum End {
        WELL,
        BADLY,
        CLOSED,
        SILENT,
        NOT
    }

    /**
     * The declaration of a journey.
     *
     * @param start the types that start it
     * @param steps one type for each step, in order
     * @param goal the types that end it well
     * @param failed those that end it badly
     * @param closed those that end it neither way
     * @param abandonedAfter the silence that ends it; 0 for none
     */
    record Shape(String start, String steps, String goal, String failed, String closed, long abandonedAfter) {}

    /** What tests on random streams use: a starts it and is its first step; g ends it well and f badly. */
    static Shape plain(long abandonedAfter) {
        return new Shape("a", "abc", "g", "f", "", abandonedAfter);
    }

    /**
     * A customer's time in a step.
     *
     * @param step its place; -1 before the first
     * @param from when they entered
     * @param to when they left or the run ended; {@link Truth#OPEN} when they are still there
     */
    record Stay(int step, long from, long to) {}

    /** Silence is a bad end as well. */
    boolean endedBadly() {
        return end == End.BADLY || end == End.SILENT;
    }

    boolean endedByEvent() {
        return end != End.SILENT && end != End.NOT;
    }

    /**
     * All runs of one customer, told apart by the keys of events.
     *
     * @param events in the order of time
     * @param horizon the last instant of which anything can be said
     */
    static List<Run> of(List<Happening> events, Shape shape, long horizon) {
        List<Run> runs = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>();
        events.forEach(each -> keys.add(each.key()));
        keys.remove("");
        for (String key : keys) {
            runs.addAll(ofOne(
                    key, events.stream().filter(each -> each.key().equals(key)).toList(), shape, horizon));
        }
        return runs;
    }

    /** All runs, one after the other, of events that are about one thing. */
    static List<Run> ofOne(String key, List<Happening> about, Shape shape, long horizon) {
        List<Run> runs = new ArrayList<>();
        int next = 0;
        while (next < about.size()) {
            if (about.get(next).is(shape.start())) {
                Run run = from(key, about, next, shape, horizon);
                runs.add(run);
                next += run.events().size();
            } else {
                next++;
            }
        }
        return runs;
    }

    private static Run from(String key, List<Happening> about, int start, Shape shape, long horizon) {
        int last = start;
        long endAt = Truth.OPEN;
        End end = End.NOT;
        while (end == End.NOT) {
            long silent =
                    shape.abandonedAfter() == 0 ? Truth.OPEN : about.get(last).at() + shape.abandonedAfter();
            boolean isLast = last + 1 == about.size();
            if (silent <= horizon && (isLast || about.get(last + 1).at() > silent)) {
                endAt = silent;
                end = End.SILENT;
            } else if (isLast) {
                break;
            } else {
                last++;
                end = endBy(about.get(last), shape);
                endAt = end == End.NOT ? Truth.OPEN : about.get(last).at();
            }
        }
        List<Happening> events = about.subList(start, last + 1);
        return new Run(key, events, stays(events, shape, endAt), endAt, end);
    }

    private static End endBy(Happening event, Shape shape) {
        if (event.is(shape.goal())) {
            return End.WELL;
        }
        if (event.is(shape.failed())) {
            return End.BADLY;
        }
        return event.is(shape.closed()) ? End.CLOSED : End.NOT;
    }

    private static List<Stay> stays(List<Happening> events, Shape shape, long endAt) {
        List<Stay> stays = new ArrayList<>();
        int step = -1;
        long from = events.getFirst().at();
        for (Happening each : events) {
            int entered = shape.steps().indexOf(each.type());
            if (entered >= 0 && entered != step) {
                stays.add(new Stay(step, from, each.at()));
                step = entered;
                from = each.at();
            }
        }
        stays.add(new Stay(step, from, endAt));
        return stays;
    }
}
