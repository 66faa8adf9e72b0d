package dev.forestall.acceptance.predict;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** How busy the desk is that a customer is with, by brute force over the whole list of events, which must be in the order of time. */
final class WorkloadOracle {

    private static final int HEARD_FOR = 7;

    private final List<Event> log;

    WorkloadOracle(List<Event> log) {
        this.log = log;
    }

    /** What a customer knows: how much the desk had to do, and that against the mean of the days before. */
    record Known(double uses, double busy) {}

    private static final Known NOTHING = new Known(Double.NaN, Double.NaN);

    /** Just after an event of the log. */
    Known known(String customer, int event) {
        String desk = "";
        Known known = NOTHING;
        long ticked = Long.MIN_VALUE;
        for (int i = 0; i <= event; i++) {
            long tick = Math.floorDiv(log.get(i).atMillis() - Neighbours.LATENESS, Neighbours.TICK) * Neighbours.TICK;
            if (tick > ticked) {
                for (long day : daysOver(desk, i, ticked, tick)) {
                    if (hasLatelyBeenThere(customer, desk, i, day)) {
                        known = load(desk, day);
                    }
                }
                ticked = tick;
            }
            String now = Neighbours.who(log.get(i)).equals(customer) ? desk(log.get(i)) : "";
            if (!now.isEmpty() && !now.equals(desk)) {
                desk = now;
                known = NOTHING;
            }
        }
        return known;
    }

    private static String desk(Event event) {
        int place =
                event.type().properties().stream().map(Property::name).toList().indexOf("desk");
        String desk = place < 0 ? null : event.text(place);
        return desk == null ? "" : desk;
    }

    private static long day(Event event) {
        return Math.floorDiv(event.atMillis(), Neighbours.DAY);
    }

    /** The days on which a desk had something to do and which were over at a tick, but not at the one before. */
    private List<Long> daysOver(String desk, int before, long ticked, long tick) {
        TreeSet<Long> days = new TreeSet<>();
        for (int i = 0; i < before; i++) {
            long end = (day(log.get(i)) + 1) * Neighbours.DAY;
            if (desk(log.get(i)).equals(desk) && !desk.isEmpty() && end < tick && end >= ticked) {
                days.add(day(log.get(i)));
            }
        }
        return new ArrayList<>(days);
    }

    private boolean hasLatelyBeenThere(String customer, String desk, int before, long day) {
        for (int i = 0; i < before; i++) {
            if (Neighbours.who(log.get(i)).equals(customer)
                    && desk(log.get(i)).equals(desk)
                    && day(log.get(i)) > day - HEARD_FOR) {
                return true;
            }
        }
        return false;
    }

    private Known load(String desk, long day) {
        int uses = 0;
        int before = 0;
        TreeSet<Long> daysBefore = new TreeSet<>();
        for (Event each : log) {
            if (desk(each).equals(desk)) {
                uses += day(each) == day ? 1 : 0;
                if (day(each) < day) {
                    before++;
                    daysBefore.add(day(each));
                }
            }
        }
        return new Known(uses, daysBefore.isEmpty() ? Double.NaN : uses / ((double) before / daysBefore.size()));
    }
}
