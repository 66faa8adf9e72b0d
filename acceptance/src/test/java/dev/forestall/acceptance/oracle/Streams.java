package dev.forestall.acceptance.oracle;

import dev.forestall.testkit.Dice;
import java.util.ArrayList;
import java.util.List;

/** Streams of few kinds of events at few distances, so that equal instants and exact edges of windows come up often. */
final class Streams {

    private Streams() {}

    /**
     * What a stream is made of.
     *
     * @param types each as likely as it is often in here
     * @param window the length at whose edges mistakes hide
     * @param keys what events may be about; the empty one is about nothing
     * @param customers how many
     * @param length how many events
     */
    record Shape(String types, long window, List<String> keys, int customers, int length) {}

    /** In the order of time. */
    static List<Happening> inOrder(Dice dice, Shape shape) {
        List<Happening> events = new ArrayList<>();
        long at = dice.between(0, 40);
        for (int i = 0; i < shape.length(); i++) {
            at += step(dice, shape.window());
            events.add(new Happening(
                    shape.types().charAt(dice.between(0, shape.types().length() - 1)),
                    at,
                    i,
                    "c-" + dice.between(1, shape.customers()),
                    dice.oneOf(shape.keys()),
                    number(dice, at)));
        }
        return events;
    }

    private static long step(Dice dice, long window) {
        return switch (dice.between(0, 15)) {
            case 0, 1, 2, 3 -> 0;
            case 4, 5, 6, 7 -> 1;
            case 8, 9 -> 2;
            case 10 -> 3;
            case 11 -> Math.max(0, window - 1);
            case 12 -> window;
            case 13 -> window + 1;
            case 14 -> dice.between(0, (int) window * 3);
            default -> window / 2;
        };
    }

    /** A small value, or a time not far from now. Exact in binary. */
    private static double number(Dice dice, long at) {
        return dice.percent(50) ? dice.between(-4, 12) : at + dice.between(-6, 14);
    }

    /** Whether an event may arrive although later ones have: what the detector says of itself that it copes with exactly. */
    @FunctionalInterface
    interface Copes {

        /**
         * @param before what has arrived already, in the order of time
         * @param late what arrives now; some of the others are later
         * @param window the time that the detector waits
         */
        boolean with(List<Happening> before, Happening late, long window);
    }

    /** Holds some events of a stream back, as far as a detector copes with that. Renumbers the arrivals. */
    static List<Happening> withLate(Dice dice, List<Happening> inOrder, long window, Copes copes) {
        List<Happening> arrivals = new ArrayList<>(inOrder);
        int tries = Math.min(25, inOrder.size());
        for (int i = 0; i < tries; i++) {
            int from = dice.between(0, arrivals.size() - 1);
            while (arrivals.get(from).is("n") && dice.percent(80)) {
                from = dice.between(0, arrivals.size() - 1);
            }
            int to = Math.min(arrivals.size() - 1, from + dice.between(1, 12));
            List<Happening> moved = new ArrayList<>(arrivals);
            moved.add(to, moved.remove(from));
            moved = numbered(moved);
            if (copesWithAll(moved, window, copes)) {
                arrivals = moved;
            }
        }
        return numbered(arrivals);
    }

    private static List<Happening> numbered(List<Happening> arrivals) {
        List<Happening> numbered = new ArrayList<>();
        for (Happening each : arrivals) {
            numbered.add(
                    new Happening(each.type(), each.at(), numbered.size(), each.customer(), each.key(), each.number()));
        }
        return numbered;
    }

    private static boolean copesWithAll(List<Happening> arrivals, long window, Copes copes) {
        long clock = Long.MIN_VALUE;
        for (int i = 0; i < arrivals.size(); i++) {
            Happening each = arrivals.get(i);
            if (each.at() < clock && !copes.with(Happening.sorted(arrivals.subList(0, i)), each, window)) {
                return false;
            }
            clock = Math.max(clock, each.at());
        }
        return true;
    }
}
