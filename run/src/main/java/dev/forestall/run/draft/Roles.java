package dev.forestall.run.draft;

import dev.forestall.run.draft.DraftException.Needed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the columns of a file are for.
 *
 * @param id says whom an event is about
 * @param time says when it happened
 * @param format how the time is written
 * @param types say together what happened; none when all records are the same kind of event
 * @param eventId names the event, so that it counts once; when there is one
 */
record Roles(Guess id, Guess time, TimeFormats.Found format, List<Guess> types, Optional<Column> eventId) {

    /** More kinds of events than this are no kinds. */
    static final int MOST_TYPES = 300;

    /** Fewer records of a customer, on average, make no history. */
    private static final double FEWEST_EVENTS_EACH = 1.2;

    /** A column in which so many records have no value says nothing of every event. */
    private static final double FILLED = 0.98;

    private static final Pattern SUBJECT = Pattern.compile(
            "(^|_)(case|customer|client|user|member|patient|account|subscriber|policy|order|ticket|incident|application|session|device"
                    + "|visitor|contract|loan|claim|person|employee|student|msisdn|household)s?(_?(id|no|nr|number|key|code|uuid|name))?$");
    private static final Pattern IDENTIFIER = Pattern.compile("(^|_)(id|key|number|nr|uuid|guid)$");
    private static final Pattern STAFF = Pattern.compile(
            "(^|_)(resource|assigned|assignee|agent|group|by|handler|owner|operator|staff|event|message|row|record)(_|$)");
    private static final Pattern TYPE =
            Pattern.compile("^(activity|activity_name|event|event_name|event_type|action|step|concept_name|task)$");
    private static final Pattern KIND = Pattern.compile("(^|_)(type|operation|message|page|category|verb)$");
    private static final Pattern STATE = Pattern.compile("(^|_)(state|status|stage|phase)$");
    private static final Pattern EVENT_TIME =
            Pattern.compile("(^|_)(timestamp|event_time|occurred|occurred_at|time|datetime|date|ts|when|happened_at)$");
    private static final Pattern CHANGE_TIME =
            Pattern.compile("(^|_)(updated|modified|changed|complete|completed|end)(_|$)");
    private static final Pattern STATE_TIME = Pattern.compile(
            "(^|_)(created|opened|closed|resolved|due|birth|born|start|registered|reg|last|sent|until)(_|$)");
    private static final Pattern EVENT_ID =
            Pattern.compile("(^|_)(event|message|row|record)_?(id|uuid|guid|key)$|^id$|^uuid$");

    /**
     * A column and why it was taken.
     *
     * @param why a clause such as "named like an identifier"
     */
    record Guess(Column column, Sure sure, String why) {}

    private record Scored(Column column, double score) {}

    /** @throws DraftException when something that every event needs cannot be found */
    static Roles of(List<Column> columns, DraftOptions options) {
        Guess time = time(columns, options);
        TimeFormats.Found format = format(time.column(), options);
        Guess id = options.id()
                .map(name -> given(columns, name, "--id"))
                .orElseGet(() -> best(
                        columns.stream()
                                .filter(each -> each != time.column() && couldIdentify(each))
                                .toList(),
                        Roles::likeIdentifier,
                        Needed.IDENTIFIER,
                        "no column says whom an event is about: none has a value in every record, and the same value in several. "
                                + columnsOf(columns) + " Name one with --id COLUMN",
                        column -> column.distinctWords() + " different values, "
                                + Rounded.text((double) column.filled() / column.distinct()) + " records each"));
        List<Guess> types = types(columns, options, id.column(), time.column());
        Optional<Column> eventId = columns.stream()
                .filter(each -> each != id.column()
                        && each != time.column()
                        && each.time().isEmpty())
                .filter(each -> EVENT_ID.matcher(each.words()).find() && each.fill() >= FILLED)
                .filter(each -> each.distinct() >= 0.97 * each.records())
                .findFirst();
        return new Roles(id, time, format, types, eventId);
    }

    /**
     * The spellings of "no value" that are there, and how often. A customer or an event may well be called so: what stands nowhere but in their
     * columns is a name, and so is what names few customers and stands otherwise among texts only.
     */
    SortedMap<String, Long> missing(List<Column> columns) {
        SortedMap<String, Long> missing = new TreeMap<>();
        columns.stream()
                .filter(each -> each != id.column() && types.stream().noneMatch(type -> type.column() == each))
                .forEach(column -> column.missing().forEach((word, count) -> missing.merge(word, count, Long::sum)));
        missing.keySet()
                .removeIf(word -> isName(word)
                        && columns.stream()
                                .filter(each -> each.missing().containsKey(word) && each != id.column())
                                .noneMatch(each -> each.isNumber()
                                        || each.isCommaNumber()
                                        || each.time().isPresent()));
        return missing;
    }

    private boolean isName(String word) {
        long named = id.column().missing().getOrDefault(word, 0L);
        return named > 0 && named < (1 - FILLED) * id.column().records();
    }

    private static Guess time(List<Column> columns, DraftOptions options) {
        return options.time()
                .map(name -> given(columns, name, "--time"))
                .orElseGet(() -> best(
                        columns.stream()
                                .filter(each -> each.time().isPresent() && each.fill() >= FILLED)
                                .toList(),
                        Roles::likeTime,
                        Needed.TIME,
                        "no column reads as the time of an event in every record, so this is a table rather than a log of events. "
                                + columnsOf(columns)
                                + " Name the column with --time COLUMN, and how its times are written with --time-format",
                        column -> "its values read as times, and " + column.distinctWords() + " are different"));
    }

    private static TimeFormats.Found format(Column time, DraftOptions options) {
        return options.timeFormat()
                .map(format -> new TimeFormats.Found(format, 0, ""))
                .or(time::time)
                .orElseThrow(() -> new DraftException(
                        Needed.TIME,
                        "the values of " + time.name() + " are written in no way that is known, such as '"
                                + time.frequentLevels(1).stream().findFirst().orElse("")
                                + "'; say how with --time-format, for instance 'dd.MM.yyyy HH:mm'"));
    }

    private static List<Guess> types(List<Column> columns, DraftOptions options, Column id, Column time) {
        if (!options.event().isEmpty()) {
            return options.event().stream()
                    .map(name -> given(columns, name, "--event"))
                    .toList();
        }
        Optional<Scored> best = columns.stream()
                .filter(each -> each != id && each != time && each.time().isEmpty())
                .filter(each -> each.hasAllLevels() && each.distinct() >= 2 && each.distinct() <= MOST_TYPES)
                .filter(each -> each.fill() >= FILLED)
                .map(each -> new Scored(each, likeType(each)))
                .filter(each -> each.score() >= 4)
                .max(Comparator.comparingDouble(Scored::score));
        if (best.isEmpty()) {
            return List.of();
        }
        List<Guess> types = new ArrayList<>();
        Column type = best.get().column();
        types.add(new Guess(
                type,
                best.get().score() >= 10 ? Sure.SURE : best.get().score() >= 6 ? Sure.LIKELY : Sure.A_GUESS,
                type.distinct() + " different values, and its name"));
        columns.stream()
                .filter(each -> each.words().equals("lifecycle_transition")
                        && type.words().equals("concept_name"))
                .filter(each -> each.hasAllLevels() && each.distinct() >= 2 && each.fill() >= FILLED)
                .forEach(each -> types.add(new Guess(each, Sure.SURE, "planned, begun and done are different events")));
        return types;
    }

    private static Guess given(List<Column> columns, String name, String option) {
        return columns.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .map(column -> new Guess(column, Sure.SURE, "given by " + option))
                .orElseThrow(() -> new DraftException(
                        Needed.COLUMN, option + ": there is no column '" + name + "'. " + columnsOf(columns)));
    }

    private static Guess best(
            List<Column> candidates,
            ToDoubleFunction<Column> score,
            Needed needed,
            String otherwise,
            java.util.function.Function<Column, String> why) {
        List<Scored> scored = candidates.stream()
                .map(each -> new Scored(each, score.applyAsDouble(each)))
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .toList();
        if (scored.isEmpty()) {
            throw new DraftException(needed, otherwise);
        }
        double first = scored.get(0).score();
        double second = scored.size() > 1 ? scored.get(1).score() : Double.NEGATIVE_INFINITY;
        Sure sure = first >= 10 ? Sure.SURE : first - second >= 2 ? Sure.LIKELY : Sure.A_GUESS;
        String other = sure == Sure.A_GUESS
                ? "; it could also be " + scored.get(1).column().name()
                : "";
        Column column = scored.get(0).column();
        return new Guess(column, sure, why.apply(column) + other);
    }

    private static boolean couldIdentify(Column column) {
        return column.time().isEmpty()
                && column.fill() >= 0.9
                && column.distinct() >= 2
                && column.filled() >= FEWEST_EVENTS_EACH * column.distinct()
                && !(column.isNumber() && !column.isWhole())
                && !column.isCommaNumber();
    }

    private static double likeIdentifier(Column column) {
        String words = column.words();
        double each = (double) column.filled() / column.distinct();
        return (words.equals("case_concept_name") ? 12 : 0)
                + (SUBJECT.matcher(words).find() ? 4 : 0)
                + (IDENTIFIER.matcher(words).find() ? 3 : 0)
                - (STAFF.matcher(words).find() ? 4 : 0)
                + (column.changes() <= 1.2 * column.distinct() ? 2 : 0)
                + (column.place() == 0 ? 2 : column.place() == 1 ? 1 : 0)
                + (each >= 2 && each <= 200 ? 2 : 0)
                + (column.distinct() >= 100 ? 1 : 0)
                - (column.distinct() < 20 && column.records() > 1_000 ? 3 : 0);
    }

    private static double likeTime(Column column) {
        String words = column.words();
        return (words.equals("time_timestamp") ? 12 : 0)
                + (EVENT_TIME.matcher(words).find() ? 4 : 0)
                + (CHANGE_TIME.matcher(words).find() ? 3 : 0)
                - (STATE_TIME.matcher(words).find() ? 2 : 0)
                + 4.0 * column.distinct() / Math.max(1, column.records());
    }

    private static double likeType(Column column) {
        String words = column.words();
        return (words.equals("concept_name") ? 12 : 0)
                + (TYPE.matcher(words).find() ? 6 : 0)
                + (KIND.matcher(words).find() ? 3 : 0)
                + (STATE.matcher(words).find() ? 4 : 0)
                - (STAFF.matcher(words).find() && !TYPE.matcher(words).find() ? 4 : 0)
                - (column.isNumber() ? 2 : 0)
                + (column.distinct() >= 3 && column.distinct() <= 100 ? 1 : 0)
                + 2.0 * column.changes() / Math.max(1, column.records());
    }

    private static String columnsOf(List<Column> columns) {
        return "It has " + columns.stream().limit(30).map(Column::name).collect(Collectors.joining(", "))
                + (columns.size() > 30 ? " and " + (columns.size() - 30) + " more." : ".");
    }
}
