package dev.forestall.loop.feature;

import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.InWords;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.expression.Variable;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.journey.Journeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** All features of a definition: made of the tracking plan, the journeys and the signals, by the same rules for every pack. Immutable. */
final class Catalogue {

    private static final double HOUR = 3_600_000;
    private static final double DAY = 24 * HOUR;
    /** Sums that have faded below this say nothing any more. */
    private static final double FADED = 1e-3;

    private final FeatureRules rules;
    private final Map<String, Feature> fixed = new LinkedHashMap<>();
    private final Map<String, Source> sources = new LinkedHashMap<>();

    /**
     * Something that has texts.
     *
     * @param form what it is called: a phrase whose place is a name
     * @param plain that name
     * @param current what it says now; null when it says nothing
     * @param text its place among the texts of a track, or -1 when only its current value is known
     */
    private record Source(String name, String form, String plain, Words current, int text) {}

    @FunctionalInterface
    private interface Words {
        @Nullable
        String of(Track track, Moment moment);
    }

    Catalogue(
            TrackingPlan plan,
            Journeys journeys,
            List<Variable> variables,
            FeatureRules rules,
            List<Property> numbers,
            List<Property> texts,
            List<String> signals,
            Workloads workloads) {
        this.rules = rules;
        pace();
        time();
        plan.types().forEach(this::type);
        for (int i = 0; i < numbers.size(); i++) {
            number(numbers.get(i), i);
        }
        for (int i = 0; i < texts.size(); i++) {
            text(texts.get(i), i);
        }
        for (int i = 0; i < journeys.all().size(); i++) {
            journey(journeys, journeys.all().get(i), i);
        }
        for (int i = 0; i < signals.size(); i++) {
            signal(signals.get(i), i);
        }
        variables.forEach(this::variable);
        for (int i = 0; i < rules.workloads().size(); i++) {
            workload(rules.workloads().get(i), workloads, i);
        }
    }

    List<Feature> all(Levels levels) {
        List<Feature> all = new ArrayList<>(fixed.values());
        for (Source source : sources.values()) {
            for (String level : levels.of(source.name)) {
                all.add(is(source, level));
                if (source.text >= 0) {
                    all.add(times(source, level));
                }
            }
        }
        return all;
    }

    Optional<Feature> find(String key) {
        Feature known = fixed.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        int end = key.indexOf(")=");
        int begin = key.indexOf('(');
        if (begin < 0 || end < begin) {
            return Optional.empty();
        }
        Source source = sources.get(key.substring(begin + 1, end));
        String level = key.substring(end + 2);
        if (source == null) {
            return Optional.empty();
        }
        return switch (key.substring(0, begin)) {
            case "is" -> Optional.of(is(source, level));
            case "times" -> source.text < 0 ? Optional.empty() : Optional.of(times(source, level));
            default -> Optional.empty();
        };
    }

    List<String> sources() {
        return List.copyOf(sources.keySet());
    }

    @Nullable
    String[] texts(@Nullable Track track, Moment moment) {
        @Nullable String[] all = new @Nullable String[sources.size()];
        int i = 0;
        for (Source source : sources.values()) {
            all[i++] = track == null ? null : source.current.of(track, moment);
        }
        return all;
    }

    private void add(String group, String key, String words, Unit unit, Feature.Reading reading) {
        add(group, key, Phrase.of(words), unit, reading);
    }

    private void add(String group, String key, Phrase phrase, Unit unit, Feature.Reading reading) {
        if (rules.allows(group)) {
            fixed.put(key, new Feature(key, group, phrase, unit, reading));
        }
    }

    private static Feature is(Source source, String level) {
        return new Feature(
                "is(" + source.name + ")=" + level,
                source.name,
                Phrase.of(source.form + " is {level}", new Phrase.Name(source.plain), new Phrase.Level(level)),
                Unit.FLAG,
                (track, moment) -> {
                    String now = source.current.of(track, moment);
                    return now == null ? Double.NaN : now.equals(level) ? 1 : 0;
                });
    }

    private static Feature times(Source source, String level) {
        int place = source.text;
        return new Feature(
                "times(" + source.name + ")=" + level,
                source.name,
                Phrase.of(source.form + " was {level}, times", new Phrase.Name(source.plain), new Phrase.Level(level)),
                Unit.COUNT,
                (track, moment) -> {
                    Texts texts = track.texts[place];
                    return texts == null ? 0 : texts.times(level);
                });
    }

    /** How much happens, and how fast. */
    private void pace() {
        add("pace", "events", "events so far", Unit.COUNT, (track, moment) -> track.events);
        add(
                "pace",
                "since(first)",
                "days since the first event",
                Unit.DAYS,
                (track, moment) -> track.events == 0 ? Double.NaN : (moment.nowMillis() - track.firstMillis) / DAY);
        add(
                "pace",
                "since(latest)",
                "days since the latest event",
                Unit.DAYS,
                (track, moment) -> track.events == 0 ? Double.NaN : (moment.nowMillis() - track.lastMillis) / DAY);
        add(
                "pace",
                "gap(latest)",
                "days between the two latest events",
                Unit.DAYS,
                (track, moment) -> track.lastGapMillis < 0 ? Double.NaN : track.lastGapMillis / DAY);
        add(
                "pace",
                "gap(longest)",
                "longest time without an event, in days",
                Unit.DAYS,
                (track, moment) -> track.longestGapMillis / DAY);
        add("pace", "gap(mean)", "days between events, on average", Unit.DAYS, Catalogue::meanGap);
        add(
                "pace",
                "gap(change)",
                "latest pause against the usual one",
                Unit.NUMBER,
                (track, moment) -> track.events < 3 ? Double.NaN : track.lastGapMillis / DAY / meanGap(track, moment));
        add("pace", "distinct(events)", "kinds of events so far", Unit.COUNT, (track, moment) -> {
            int kinds = 0;
            for (Track.Counted each : track.types) {
                kinds += each == null ? 0 : 1;
            }
            return kinds;
        });
        for (int k = 0; k < rules.halfLivesMillis().size(); k++) {
            int which = k;
            add(
                    "pace",
                    "recent(events, " + InWords.duration(rules.halfLivesMillis().get(k)) + ")",
                    Phrase.of("events lately (half-life {span})", span(k)),
                    Unit.NUMBER,
                    (track, moment) -> faded(track, moment, track.recent, which));
        }
        trend("pace", "trend(events)", Phrase.of("events now against before"), track -> track.recent);
    }

    private static double meanGap(Track track, Moment moment) {
        return track.events < 2 ? Double.NaN : (track.lastMillis - track.firstMillis) / DAY / (track.events - 1);
    }

    private void time() {
        add(
                "hour",
                "hour",
                "hour of the day (UTC)",
                Unit.NUMBER,
                (track, moment) -> Math.floor(Math.floorMod(moment.nowMillis(), (long) DAY) / HOUR));
        add(
                "weekday",
                "weekday",
                "day of the week (1 is Monday)",
                Unit.COUNT,
                (track, moment) -> Math.floorMod(Math.floorDiv(moment.nowMillis(), (long) DAY) + 3, 7L) + 1);
    }

    private void type(EventType type) {
        int index = type.index();
        String group = "event " + type.name();
        String name = plain(type.name());
        counted(group, "(" + type.name() + ")", name, track -> track.types[index], true);
        add(
                group,
                "latest(" + type.name() + ")",
                Phrase.of("the latest event is {name}", name),
                Unit.FLAG,
                (track, moment) -> track.lastType == index ? 1 : 0);
        add(
                group,
                "before(" + type.name() + ")",
                Phrase.of("the event before the latest was {name}", name),
                Unit.FLAG,
                (track, moment) -> track.typeBefore == index ? 1 : 0);
    }

    /** Finds something counted in a track; null when it never occurred. */
    @FunctionalInterface
    private interface Find {
        Track.@Nullable Counted in(Track track);
    }

    private void counted(String group, String of, String name, Find find, boolean withRecent) {
        add(group, "count" + of, Phrase.of("{name}, so far", name), Unit.COUNT, (track, moment) -> {
            Track.Counted counted = find.in(track);
            return counted == null ? 0 : counted.count;
        });
        add(group, "since" + of, Phrase.of("days since {name}", name), Unit.DAYS, (track, moment) -> {
            Track.Counted counted = find.in(track);
            return counted == null ? Double.NaN : (moment.nowMillis() - counted.lastMillis) / DAY;
        });
        if (!withRecent) {
            return;
        }
        for (int k = 0; k < rules.halfLivesMillis().size(); k++) {
            int which = k;
            String key = "recent" + of.substring(0, of.length() - 1) + ", "
                    + InWords.duration(rules.halfLivesMillis().get(k)) + ")";
            add(
                    group,
                    key,
                    Phrase.of("{name}, lately (half-life {span})", new Phrase.Name(name), span(k)),
                    Unit.NUMBER,
                    (track, moment) -> {
                        Track.Counted counted = find.in(track);
                        return counted == null ? 0 : faded(track, moment, counted.recent, which);
                    });
        }
        trend(group, "trend" + of, Phrase.of("{name}, now against before", name), track -> {
            Track.Counted counted = find.in(track);
            return counted == null ? null : counted.recent;
        });
    }

    /** Finds the fading sums of something; null when it never occurred. */
    @FunctionalInterface
    private interface Sums {
        float @Nullable [] in(Track track);
    }

    /** The rate over the shortest half-life against that over the longest: above 1 when there is more of it now. */
    private void trend(String group, String key, Phrase words, Sums sums) {
        int last = rules.halfLivesMillis().size() - 1;
        if (last < 1) {
            return;
        }
        double scale = (double) rules.halfLivesMillis().get(last)
                / rules.halfLivesMillis().getFirst();
        add(group, key, words, Unit.NUMBER, (track, moment) -> {
            float[] recent = sums.in(track);
            if (recent == null) {
                return Double.NaN;
            }
            double slow = faded(track, moment, recent, last);
            return slow < FADED ? Double.NaN : faded(track, moment, recent, 0) * scale / slow;
        });
    }

    private double faded(Track track, Moment moment, float[] sums, int k) {
        return sums[k]
                * track.weight(k, moment.nowMillis(), rules.halfLivesMillis().get(k));
    }

    private Phrase.Span span(int k) {
        return new Phrase.Span(rules.halfLivesMillis().get(k));
    }

    private void number(Property property, int index) {
        String group = "property " + property.name();
        String of = "(" + property.name() + ")";
        String name = plain(property.name());
        Unit unit = property.type() == PropertyType.MONEY ? Unit.MONEY : Unit.NUMBER;
        boolean isTime = property.type() == PropertyType.TIME;
        boolean isSpan = isTime || property.type() == PropertyType.DURATION;
        double scale = isSpan ? DAY : 1;
        Unit shown = isSpan ? Unit.DAYS : property.type() == PropertyType.BOOLEAN ? Unit.FLAG : unit;
        if (isTime) {
            // A point in time matters by how far away it is.
            of(
                    group,
                    "until" + of,
                    Phrase.of("days until {name}", name),
                    Unit.DAYS,
                    index,
                    1,
                    (numbers, moment) -> (numbers.last + numbers.lastMillis - moment.nowMillis()) / DAY);
            return;
        }
        of(
                group,
                "last" + of,
                Phrase.of("latest {name}", name),
                shown,
                index,
                scale,
                (numbers, moment) -> numbers.last);
        of(
                group,
                "first" + of,
                Phrase.of("first {name}", name),
                shown,
                index,
                scale,
                (numbers, moment) -> numbers.first);
        Unit shared = property.type() == PropertyType.BOOLEAN ? Unit.SHARE : shown;
        of(
                group,
                "mean" + of,
                Phrase.of("{name} on average", name),
                shared,
                index,
                scale,
                (numbers, moment) -> numbers.mean);
        of(
                group,
                "min" + of,
                Phrase.of("smallest {name}", name),
                shown,
                index,
                scale,
                (numbers, moment) -> numbers.min);
        of(group, "max" + of, Phrase.of("largest {name}", name), shown, index, scale, (numbers, moment) -> numbers.max);
        of(
                group,
                "sum" + of,
                Phrase.of("{name} in all", name),
                shown,
                index,
                scale,
                (numbers, moment) -> numbers.sum());
        of(
                group,
                "spread" + of,
                Phrase.of("spread of {name}", name),
                shown,
                index,
                scale,
                (numbers, moment) -> numbers.deviation());
        of(
                group,
                "slope" + of,
                Phrase.of("rise of {name} a day", name),
                shown,
                index,
                scale,
                (numbers, moment) -> numbers.slope());
        of(
                group,
                "change" + of,
                Phrase.of("latest change of {name}", name),
                shown,
                index,
                scale,
                (numbers, moment) -> numbers.last - numbers.before);
    }

    @FunctionalInterface
    private interface OfNumbers {
        double of(Numbers numbers, Moment moment);
    }

    private void of(String group, String key, Phrase words, Unit unit, int index, double scale, OfNumbers reading) {
        add(group, key, words, unit, (track, moment) -> {
            Numbers numbers = track.numbers[index];
            return numbers == null ? Double.NaN : reading.of(numbers, moment) / scale;
        });
    }

    private void text(Property property, int index) {
        String group = "property " + property.name();
        String of = "(" + property.name() + ")";
        String name = plain(property.name());
        ofTexts(group, "distinct" + of, Phrase.of("different {name} so far", name), index, texts -> texts.distinct);
        ofTexts(group, "changes" + of, Phrase.of("changes of {name}", name), index, texts -> texts.changes);
        ofTexts(
                group,
                "steady" + of,
                Phrase.of("share of the most frequent {name}", name),
                index,
                Texts::mostFrequentShare);
        if (!property.personal() && rules.allows(group)) {
            sources.put(
                    group,
                    new Source(
                            group,
                            "{name}",
                            name,
                            (track, moment) -> {
                                Texts texts = track.texts[index];
                                return texts == null ? null : texts.last;
                            },
                            index));
            sources.put(
                    "first " + property.name(),
                    new Source(
                            "first " + property.name(),
                            "first {name}",
                            name,
                            (track, moment) -> {
                                Texts texts = track.texts[index];
                                return texts == null ? null : texts.first;
                            },
                            -1));
        }
    }

    private void ofTexts(String group, String key, Phrase words, int index, ToDoubleFunction<Texts> reading) {
        Unit unit = key.startsWith("steady") ? Unit.SHARE : Unit.COUNT;
        add(group, key, words, unit, (track, moment) -> {
            Texts texts = track.texts[index];
            return texts == null ? Double.NaN : reading.applyAsDouble(texts);
        });
    }

    private void journey(Journeys journeys, Journey journey, int index) {
        String group = "journey " + journey.name();
        String of = "(" + journey.name() + ")";
        String name = plain(journey.name());
        add(
                group,
                "elapsed" + of,
                Phrase.of("days since {name} began", name),
                Unit.DAYS,
                (track, moment) -> days(moment, journeys.startedAtMillis(moment, journey)));
        add(
                group,
                "dwell" + of,
                Phrase.of("days in this step of {name}", name),
                Unit.DAYS,
                (track, moment) -> days(moment, journeys.enteredAtMillis(moment, journey)));
        add(
                group,
                "step" + of,
                Phrase.of("step of {name}, by its place", name),
                Unit.COUNT,
                (track, moment) -> journeys.step(moment, journey));
        add(
                group,
                "open" + of,
                Phrase.of("{name} under way, how many", name),
                Unit.COUNT,
                (track, moment) -> journeys.open(moment, journey));
        travelled(group, "started" + of, Phrase.of("times {name} was begun", name), index, each -> each.started);
        travelled(group, "moved" + of, Phrase.of("steps gone in {name}", name), index, each -> each.moved);
        travelled(group, "backwards" + of, Phrase.of("steps gone back in {name}", name), index, each -> each.backwards);
        travelled(group, "reached" + of, Phrase.of("times {name} was completed", name), index, each -> each.reached);
        travelled(group, "badly" + of, Phrase.of("times {name} ended badly", name), index, each -> each.badly);
        for (int i = 0; i < journey.steps().size(); i++) {
            int step = i;
            String stepName = journey.steps().get(i).name();
            add(
                    group,
                    "at(" + journey.name() + ")=" + stepName,
                    Phrase.of("{name} is at {step}", new Phrase.Name(name), new Phrase.Level(plain(stepName))),
                    Unit.FLAG,
                    (track, moment) -> {
                        double at = journeys.step(moment, journey);
                        return Double.isNaN(at) ? at : at == step + 1 ? 1 : 0;
                    });
        }
    }

    private void travelled(
            String group, String key, Phrase words, int index, ToDoubleFunction<Track.Travelled> reading) {
        add(group, key, words, Unit.COUNT, (track, moment) -> {
            Track.Travelled travelled = track.journeys[index];
            return travelled == null ? 0 : reading.applyAsDouble(travelled);
        });
    }

    private static double days(Moment moment, long sinceMillis) {
        return sinceMillis == Long.MIN_VALUE ? Double.NaN : (moment.nowMillis() - sinceMillis) / DAY;
    }

    private void signal(String signal, int index) {
        counted("signal " + signal, "(signal " + signal + ")", plain(signal), track -> track.signals[index], true);
    }

    private void workload(Workload workload, Workloads workloads, int index) {
        String group = "workload " + workload.name();
        String of = "(" + workload.name() + ")";
        String name = plain(workload.name());
        Phrase.Span time = new Phrase.Span(workload.bucketMillis());
        add(
                group,
                "load" + of,
                Phrase.of("work of the {name}, latest {span}", new Phrase.Name(name), time),
                Unit.COUNT,
                (track, moment) -> workloads.uses(moment, index));
        add(
                group,
                "busy" + of,
                Phrase.of("work of the {name} against the usual, latest {span}", new Phrase.Name(name), time),
                Unit.NUMBER,
                (track, moment) -> workloads.busy(moment, index));
    }

    /** Traits as they stand, which signals stand, and what the customer knows of cohorts and entities. */
    private void variable(Variable variable) {
        String name = variable.name();
        int dot = name.indexOf('.');
        String what = name.substring(dot + 1);
        switch (name.substring(0, dot)) {
            case "trait" -> {
                String group = "trait " + what;
                if (!variable.isText()) {
                    add(
                            group,
                            name,
                            Phrase.of("{name}", plain(what)),
                            Unit.NUMBER,
                            (track, moment) -> variable.number(moment));
                } else if (rules.allows(group)) {
                    sources.put(
                            group,
                            new Source(group, "{name}", plain(what), (track, moment) -> variable.text(moment), -1));
                }
            }
            case "signal" ->
                add(
                        "signal " + what,
                        name,
                        Phrase.of("{name} stands", plain(what)),
                        Unit.FLAG,
                        (track, moment) -> variable.number(moment));
            case "context" ->
                add(
                        Feature.OUTSIDE + what,
                        name,
                        Phrase.of("{name} in a group of theirs", plain(what)),
                        Unit.FLAG,
                        (track, moment) -> variable.number(moment));
            default -> {}
        }
    }

    private static String plain(String name) {
        return name.replace('_', ' ');
    }
}
