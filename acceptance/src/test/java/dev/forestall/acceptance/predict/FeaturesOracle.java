package dev.forestall.acceptance.predict;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Features worked out from the whole list of a customer's events up to a moment, one by one, by their definitions: slow, and sharing
 * nothing with the loop. Events must be in the order of their time.
 */
final class FeaturesOracle {

    private static final double DAY = 86_400_000;

    private final List<Event> events;
    private final long nowMillis;
    private final List<Long> halfLives;

    FeaturesOracle(List<Event> events, long nowMillis, List<Long> halfLives) {
        this.events = events;
        this.nowMillis = nowMillis;
        this.halfLives = halfLives;
    }

    /** The value of a feature by its key. */
    double value(String key) {
        int open = key.indexOf('(');
        if (open < 0) {
            return switch (key) {
                case "events" -> events.size();
                case "hour" -> (int) (Math.floorMod(nowMillis, (long) DAY) / 3_600_000);
                case "weekday" ->
                    java.time.Instant.ofEpochMilli(nowMillis)
                            .atZone(java.time.ZoneOffset.UTC)
                            .getDayOfWeek()
                            .getValue();
                default -> throw new IllegalArgumentException(key);
            };
        }
        String what = key.substring(0, open);
        String inside = key.substring(open + 1, key.lastIndexOf(')'));
        String level = key.substring(key.lastIndexOf(')') + 1);
        return switch (what) {
            case "since" ->
                switch (inside) {
                    case "first" -> days(nowMillis - events.getFirst().atMillis());
                    case "latest" -> days(nowMillis - events.getLast().atMillis());
                    default ->
                        of(inside).isEmpty()
                                ? Double.NaN
                                : days(nowMillis - of(inside).getLast().atMillis());
                };
            case "gap" -> gap(inside);
            case "distinct" ->
                inside.equals("events")
                        ? kinds()
                        : texts(inside).isEmpty() ? Double.NaN : new TreeSet<>(texts(inside)).size();
            case "count" -> of(inside).size();
            case "latest" -> flag(type(events.size() - 1).equals(inside));
            case "before" -> flag(events.size() > 1 && type(events.size() - 2).equals(inside));
            case "recent" -> recent(inside);
            case "trend" -> trend(inside);
            case "last" -> number(inside, values -> values.get(values.size() - 1));
            case "first" -> number(inside, List::getFirst);
            case "mean" -> number(inside, FeaturesOracle::mean);
            case "min" ->
                number(
                        inside,
                        values ->
                                values.stream().mapToDouble(each -> each).min().orElseThrow());
            case "max" ->
                number(
                        inside,
                        values ->
                                values.stream().mapToDouble(each -> each).max().orElseThrow());
            case "sum" ->
                number(
                        inside,
                        values -> values.stream().mapToDouble(each -> each).sum());
            case "spread" -> number(inside, FeaturesOracle::deviation);
            case "change" ->
                number(
                        inside,
                        values -> values.size() < 2 ? Double.NaN : values.getLast() - values.get(values.size() - 2));
            case "slope" -> slope(inside);
            case "until" -> number(inside, values -> (values.getLast() - nowMillis) / DAY);
            case "changes" -> changes(inside);
            case "steady" -> steady(inside);
            case "times" ->
                texts(property(inside)).stream()
                        .filter(level.substring(1)::equals)
                        .count();
            case "is" -> is(inside, level.substring(1));
            default -> throw new IllegalArgumentException(key);
        };
    }

    private static String property(String source) {
        return source.substring(source.indexOf(' ') + 1);
    }

    private double is(String source, String level) {
        List<String> texts = texts(property(source));
        if (texts.isEmpty()) {
            return Double.NaN;
        }
        return flag((source.startsWith("first ") ? texts.getFirst() : texts.getLast()).equals(level));
    }

    private String type(int index) {
        return events.get(index).type().name();
    }

    private List<Event> of(String type) {
        return events.stream().filter(each -> each.type().name().equals(type)).toList();
    }

    private double kinds() {
        return events.stream().map(each -> each.type().name()).distinct().count();
    }

    private double gap(String which) {
        List<Double> gaps = new ArrayList<>();
        for (int i = 1; i < events.size(); i++) {
            gaps.add(days(events.get(i).atMillis() - events.get(i - 1).atMillis()));
        }
        return switch (which) {
            case "latest" -> gaps.isEmpty() ? Double.NaN : gaps.getLast();
            case "longest" -> gaps.stream().mapToDouble(each -> each).max().orElse(0);
            case "mean" -> gaps.isEmpty() ? Double.NaN : mean(gaps);
            case "change" -> gaps.size() < 2 ? Double.NaN : gaps.getLast() / mean(gaps);
            default -> throw new IllegalArgumentException(which);
        };
    }

    private double recent(String inside) {
        int comma = inside.lastIndexOf(", ");
        String what = inside.substring(0, comma);
        int days = Integer.parseInt(inside.substring(comma + 2, inside.indexOf(' ', comma + 2)));
        return faded(what.equals("events") ? events : of(what), days * (long) DAY);
    }

    private double faded(List<Event> which, long halfLife) {
        return which.stream()
                .mapToDouble(each -> Math.pow(2, -(double) (nowMillis - each.atMillis()) / halfLife))
                .sum();
    }

    private double trend(String what) {
        List<Event> which = what.equals("events") ? events : of(what);
        double slow = faded(which, halfLives.getLast());
        return which.isEmpty() || slow < 1e-3
                ? Double.NaN
                : faded(which, halfLives.getFirst()) / halfLives.getFirst() / (slow / halfLives.getLast());
    }

    private record Value(double number, long atMillis) {}

    private List<Value> values(String name) {
        List<Value> values = new ArrayList<>();
        for (Event event : events) {
            Property property = event.type().property(name).orElse(null);
            if (property != null && event.has(property.slot())) {
                double scale = property.type() == PropertyType.DURATION ? DAY : 1;
                values.add(new Value(event.number(property.slot()) / scale, event.atMillis()));
            }
        }
        return values;
    }

    private double number(String name, ToDoubleFunction<List<Double>> fold) {
        List<Double> values = values(name).stream().map(Value::number).toList();
        return values.isEmpty() ? Double.NaN : fold.applyAsDouble(values);
    }

    private double slope(String name) {
        List<Value> values = values(name);
        double meanDay = values.stream()
                .mapToDouble(each -> each.atMillis() / DAY)
                .average()
                .orElse(0);
        double meanValue = values.stream().mapToDouble(Value::number).average().orElse(0);
        double squares = 0;
        double products = 0;
        for (Value each : values) {
            double day = each.atMillis() / DAY - meanDay;
            squares += day * day;
            products += day * (each.number() - meanValue);
        }
        return squares > 1e-9 ? products / squares : Double.NaN;
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Event event : events) {
            Property property = event.type().property(name).orElse(null);
            String text = property == null || !property.type().isText() ? null : event.text(property.slot());
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private double changes(String name) {
        List<String> texts = texts(name);
        int changes = 0;
        for (int i = 1; i < texts.size(); i++) {
            changes += texts.get(i).equals(texts.get(i - 1)) ? 0 : 1;
        }
        return texts.isEmpty() ? Double.NaN : changes;
    }

    private double steady(String name) {
        TreeMap<String, Integer> times = new TreeMap<>();
        List<String> texts = texts(name);
        texts.forEach(each -> times.merge(each, 1, Integer::sum));
        return texts.isEmpty()
                ? Double.NaN
                : (double) times.values().stream().mapToInt(each -> each).max().orElseThrow() / texts.size();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(each -> each).average().orElseThrow();
    }

    private static double deviation(List<Double> values) {
        double mean = mean(values);
        double squares = values.stream()
                .mapToDouble(each -> (each - mean) * (each - mean))
                .sum();
        return values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
    }

    private static double flag(boolean holds) {
        return holds ? 1 : 0;
    }

    private static double days(long millis) {
        return millis / DAY;
    }
}
