package dev.forestall.acceptance.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** The detectors that look at events, each by brute force: loops over all events, no state carried from one to the next. */
final class Oracles {

    private Oracles() {}

    /** At least {@code times} of the type in (t - within, t]. */
    static Oracle repeat(String of, int times, long within) {
        return (events, truth) -> {
            TreeSet<Long> instants = new TreeSet<>();
            for (Happening each : events) {
                if (each.is(of)) {
                    instants.add(each.at());
                    instants.add(each.at() + within);
                }
            }
            truth.standsWhile(instants, t -> count(events, of, t - within, t) >= times);
        };
    }

    /** The same at each event: those that came before it in the order of time, and itself, are counted. */
    static Oracle repeatAtEach(String of, int times, long within) {
        return (events, truth) -> {
            for (int i = 0; i < events.size(); i++) {
                long t = events.get(i).at();
                if (events.get(i).is(of) && count(events.subList(0, i + 1), of, t - within, t) >= times) {
                    truth.momentary(t);
                }
            }
        };
    }

    private static long count(List<Happening> events, String of, long after, long upTo) {
        return events.stream()
                .filter(each -> each.is(of) && each.at() > after && each.at() <= upTo)
                .count();
    }

    /** X, and the next X or Y behind it comes later than x + within, or never. */
    static Oracle stall(String after, String without, long within) {
        return (events, truth) -> {
            for (int i = 0; i < events.size(); i++) {
                if (events.get(i).is(after)) {
                    long deadline = events.get(i).at() + within;
                    long next = nextOf(events, i, after + without);
                    if (next > deadline) {
                        truth.stands(deadline, next);
                    }
                }
            }
        };
    }

    /** When the next event of some types comes behind a place. */
    static long nextOf(List<Happening> events, int place, String types) {
        for (int j = place + 1; j < events.size(); j++) {
            if (events.get(j).is(types)) {
                return events.get(j).at();
            }
        }
        return Truth.OPEN;
    }

    /**
     * Parts in order, a capital letter for a forbidden one: {@code aBc} is a, then no b, then c. Finds the places of the matched parts
     * anew for every place at which a match could begin.
     */
    static Oracle sequence(String parts, long within) {
        return (events, truth) -> {
            int begin = 0;
            while (begin < events.size()) {
                begin = sequenceFrom(events, begin, parts, within, truth);
            }
        };
    }

    /** Follows one match from its first event; returns the place at which the next one can begin. */
    private static int sequenceFrom(List<Happening> events, int begin, String parts, long within, Truth truth) {
        Happening first = events.get(begin);
        if (first.type() != parts.charAt(0)) {
            return begin + 1;
        }
        long end = first.at() + within;
        int matched = 1;
        int part = required(parts, 1);
        for (int i = begin + 1; i < events.size() && events.get(i).at() <= end; i++) {
            char type = events.get(i).type();
            if (forbiddenBefore(parts, part).indexOf(type) >= 0) {
                return i;
            }
            if (part < parts.length() && type == parts.charAt(part)) {
                matched++;
                part = required(parts, part + 1);
                if (part == parts.length() && !Character.isUpperCase(parts.charAt(part - 1))) {
                    truth.momentary(events.get(i).at());
                    return i + 1;
                }
            } else if (matched == 1 && type == parts.charAt(0)) {
                return i;
            }
        }
        int behind = begin + 1;
        while (behind < events.size() && events.get(behind).at() <= end) {
            behind++;
        }
        if (part == parts.length()) {
            truth.momentary(end);
        }
        return behind;
    }

    private static int required(String parts, int from) {
        int part = from;
        while (part < parts.length() && Character.isUpperCase(parts.charAt(part))) {
            part++;
        }
        return part;
    }

    /** The types that must not come while a part is awaited. */
    private static String forbiddenBefore(String parts, int part) {
        StringBuilder types = new StringBuilder();
        for (int i = part - 1; i > 0 && Character.isUpperCase(parts.charAt(i)); i--) {
            types.append(Character.toLowerCase(parts.charAt(i)));
        }
        return types.toString();
    }

    /** At the end of each bucket: the recent whole buckets against those before. The share must be exact in binary. */
    static Oracle decline(String of, double share, long bucket, int recent, int baseline, int minimum) {
        return (events, truth) -> {
            TreeSet<Long> ends = new TreeSet<>();
            for (Happening each : events) {
                long end = Math.floorDiv(each.at(), bucket) * bucket + bucket;
                for (int later = 0; later <= recent + baseline + 1; later++) {
                    ends.add(end + later * bucket);
                }
            }
            truth.standsWhile(ends, end -> {
                long now = between(events, of, end - recent * bucket, end);
                long before = between(events, of, end - (recent + baseline) * bucket, end - recent * bucket);
                return before >= minimum && (double) now / recent < share * before / baseline;
            });
        };
    }

    /** At each event: the current bucket, so far, is the last of the recent ones. */
    static Oracle declineAtEach(String of, double share, long bucket, int recent, int baseline, int minimum) {
        return (events, truth) -> {
            for (int i = 0; i < events.size(); i++) {
                if (!events.get(i).is(of)) {
                    continue;
                }
                List<Happening> soFar = events.subList(0, i + 1);
                long end = Math.floorDiv(events.get(i).at(), bucket) * bucket + bucket;
                long now = between(soFar, of, end - recent * bucket, end);
                long before = between(soFar, of, end - (recent + baseline) * bucket, end - recent * bucket);
                if (before >= minimum && (double) now / recent < share * before / baseline) {
                    truth.momentary(events.get(i).at());
                }
            }
        };
    }

    private static long between(List<Happening> events, String of, long from, long to) {
        return events.stream()
                .filter(each -> each.is(of) && each.at() >= from && each.at() < to)
                .count();
    }

    /** A value against the median and the median deviation of the values before it. */
    static Oracle anomaly(String of, double beyond, int sign, int minimum, int history, double floor) {
        return (events, truth) -> {
            List<Double> values = new ArrayList<>();
            long since = Truth.OPEN;
            for (Happening each : events) {
                if (!each.is(of)) {
                    continue;
                }
                List<Double> before = values.subList(Math.max(0, values.size() - history), values.size());
                boolean odd = before.size() >= minimum && isOdd(each.number(), before, beyond, sign, floor);
                if (odd && since == Truth.OPEN) {
                    since = each.at();
                } else if (!odd && since != Truth.OPEN) {
                    truth.stands(since, each.at());
                    since = Truth.OPEN;
                }
                values.add(each.number());
            }
            if (since != Truth.OPEN) {
                truth.stands(since, Truth.OPEN);
            }
        };
    }

    private static boolean isOdd(double value, List<Double> before, double beyond, int sign, double floor) {
        double median = median(before);
        double spread =
                median(before.stream().map(each -> Math.abs(each - median)).toList());
        double limit = beyond * Math.max(1.4826 * spread, floor * Math.abs(median));
        double off = value - median;
        return (sign >= 0 && off > limit) || (sign <= 0 && -off > limit);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** A promise whose time, with some grace, passes before the next promise or keeping. */
    static Oracle missed(String promised, String kept, long grace) {
        return (events, truth) -> {
            for (int i = 0; i < events.size(); i++) {
                if (events.get(i).is(promised)) {
                    long missed = Math.max(
                            (long) events.get(i).number() + grace, events.get(i).at());
                    long next = nextOf(events, i, promised + kept);
                    if (next > missed) {
                        truth.stands(missed, next);
                    }
                }
            }
        };
    }

    /** A promise that is near, before the next promise or keeping, until its time. */
    static Oracle comingUp(String promised, String kept, long ahead) {
        return (events, truth) -> {
            for (int i = 0; i < events.size(); i++) {
                Happening promise = events.get(i);
                long due = (long) promise.number();
                if (promise.is(promised) && due > promise.at()) {
                    long near = Math.max(due - ahead, promise.at());
                    long next = nextOf(events, i, promised + kept);
                    if (next > near) {
                        truth.stands(near, Math.min(next, due));
                    }
                }
            }
        };
    }

    /** A promise for more than a margin later than the promise just before it, nothing having kept that one. */
    static Oracle moved(String promised, String kept, long margin) {
        return (events, truth) -> {
            for (int i = 0; i < events.size(); i++) {
                for (int before = i - 1; events.get(i).is(promised) && before >= 0; before--) {
                    if (events.get(before).is(promised + kept)) {
                        if (events.get(before).is(promised)
                                && events.get(i).number() > events.get(before).number() + margin) {
                            truth.momentary(events.get(i).at());
                        }
                        break;
                    }
                }
            }
        };
    }

    /**
     * At least {@code atLeast} events of a type in (t - within, t], and the latest value of another type above a limit. Judged at each
     * event of either, and when one leaves the window.
     */
    static Oracle threshold(String counted, long within, int atLeast, String valued, double above) {
        return (events, truth) -> {
            TreeSet<Long> instants = new TreeSet<>();
            for (Happening each : events) {
                instants.add(each.at());
                instants.add(each.at() + within);
            }
            long since = Truth.OPEN;
            for (long instant : instants) {
                List<List<Happening>> views = new ArrayList<>();
                for (int i = 0; i < events.size(); i++) {
                    if (events.get(i).at() == instant && events.get(i).is(counted + valued)) {
                        views.add(events.subList(0, i + 1));
                    }
                }
                views.add(events.stream().filter(each -> each.at() <= instant).toList());
                for (List<Happening> soFar : views) {
                    boolean holds = count(soFar, counted, instant - within, instant) >= atLeast
                            && latestValue(soFar, valued) > above;
                    if (holds && since == Truth.OPEN) {
                        since = instant;
                    } else if (!holds && since != Truth.OPEN) {
                        truth.stands(since, instant);
                        since = Truth.OPEN;
                    }
                }
            }
            if (since != Truth.OPEN) {
                truth.stands(since, Truth.OPEN);
            }
        };
    }

    private static double latestValue(List<Happening> events, String of) {
        double value = Double.NEGATIVE_INFINITY;
        for (Happening each : events) {
            value = each.is(of) ? each.number() : value;
        }
        return value;
    }
}
