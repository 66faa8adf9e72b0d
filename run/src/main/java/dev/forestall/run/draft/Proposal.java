package dev.forestall.run.draft;

import dev.forestall.connectors.files.RawRecords;
import dev.forestall.run.draft.DraftException.Needed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Puts a draft together of what was seen in a file. */
final class Proposal {

    /** An event has no more properties. */
    private static final int MOST_PROPERTIES = 64;

    /** So few customers begin with a type that nothing is read from it for their sake. */
    private static final double SELDOM = 0.005;

    /** Exports of process logs number the courses that cases took. */
    private static final Pattern VARIANT = Pattern.compile("(^|_)variant(_|$)");

    /** Times that may well lie ahead. */
    private static final Pattern PROMISED = Pattern.compile(
            "(^|_)(due|promised|expires|expiry|expiration|until|valid|deadline|planned|scheduled|expected|appointment|end|renewal|sla|eta)(_|$)");

    /** What is known of a case when it is over. */
    private static final Pattern LATER_KNOWN = Pattern.compile(
            "(^|_)(closed|closure|resolved|resolution|outcome|result|label|final|target|churn|churned)(_|$)");

    private final RawRecords.Shape shape;
    private final List<Column> columns;
    private final Roles roles;
    private final Stories stories;
    private final DraftOptions options;
    private final SortedMap<String, String> leftOut = new TreeMap<>();

    Proposal(RawRecords.Shape shape, List<Column> columns, Roles roles, Stories stories, DraftOptions options) {
        this.shape = shape;
        this.columns = columns;
        this.roles = roles;
        this.stories = stories;
        this.options = options;
    }

    /**
     * @param file without folders
     * @param records how many were looked at
     * @param isAll whether these were all there are
     * @param unreadable how many of them could not be read at all
     * @throws DraftException when no record is an event
     */
    Draft draft(String file, long records, boolean isAll, long unreadable) {
        if (stories.all().isEmpty()) {
            throw new DraftException(
                    Needed.EVENT,
                    "no record of " + file + " has " + roles.id().column().name() + ", a time in "
                            + roles.time().column().name()
                            + " and what happened; name other columns with --id, --time and --event");
        }
        if (stories.types().size() > Roles.MOST_TYPES) {
            throw new DraftException(
                    Needed.EVENT,
                    "the columns that say what happened tell " + stories.types().size()
                            + " different things, and a pack can have " + Roles.MOST_TYPES
                            + "; name columns with fewer by --event");
        }
        String name = new Slug().name(options.name().orElse(withoutEnding(file)), "log");
        Slug eventNames = new Slug();
        List<String> events = stories.types().stream()
                .map(type -> eventNames.name(type, "event"))
                .toList();
        Slug propertyNames = new Slug();
        String idName = propertyNames.name(idWords(), "id");
        List<Property> properties = properties(propertyNames);
        List<List<Property>> ofEvents = ofEvents(properties);
        Optional<Journey> journey = Journey.of(stories);
        return new Draft(
                name,
                file,
                shape,
                records,
                isAll,
                unreadable,
                idName,
                options.currency(),
                roles,
                columns,
                stories,
                events,
                properties,
                ofEvents,
                leftOut,
                journey,
                SignalDrafts.of(stories, journey, properties, events),
                PredictionDraft.of(stories, journey),
                Map.of());
    }

    /** In exports of process logs every identifier is called by the same words. */
    private String idWords() {
        String column = roles.id().column().name();
        return column.equals("case:concept:name") ? "case_id" : column;
    }

    private static String withoutEnding(String file) {
        return file.replaceFirst("(\\.(csv|tsv|txt|json|jsonl|ndjson|xes))?(\\.gz)?$", "");
    }

    private List<Property> properties(Slug names) {
        shape.repeated()
                .forEach(each ->
                        leftOut.put(each, "its heading is there more than once, so nobody can say which is meant"));
        List<Property> properties = new ArrayList<>();
        for (Column each : columns) {
            boolean hasRole = each == roles.id().column()
                    || each == roles.time().column()
                    || roles.types().stream().anyMatch(type -> type.column() == each)
                    || roles.eventId().filter(id -> id == each).isPresent();
            if (hasRole) {
                continue;
            }
            if (each.filled() == 0) {
                leftOut.put(each.name(), "it has no values");
            } else if (VARIANT.matcher(each.words()).find()) {
                leftOut.put(each.name(), "a leak: the course of a case is known when it is over");
            } else if (stories.ahead().get(each.place()) > 0.5
                    && !PROMISED.matcher(each.words()).find()) {
                leftOut.put(
                        each.name(),
                        "a leak: mostly it lies after the event that says it, so it was written there later");
            } else if (LATER_KNOWN.matcher(each.words()).find() && isOfCustomer(stories, each)) {
                leftOut.put(
                        each.name(),
                        "a leak: by its name it is known at the end, and it says so from the first event on");
            } else if (twin(each).isPresent()) {
                leftOut.put(
                        each.name(), "it says the same as " + twin(each).get().name());
            } else if (each.distinct() == 1 && each.filled() == each.records()) {
                leftOut.put(each.name(), "it says the same in every record");
            } else {
                properties.add(Property.of(
                        each, names, Currency.getInstance(options.currency()).getDefaultFractionDigits()));
            }
        }
        return properties;
    }

    /** An earlier column with the same values. */
    private Optional<Column> twin(Column column) {
        return columns.stream()
                .takeWhile(each -> each != column)
                .filter(column::isLike)
                .findFirst();
    }

    /** What every record has, the same at all events of a customer, is read once: from those that can come first. */
    private List<List<Property>> ofEvents(List<Property> properties) {
        int[] begins = new int[stories.types().size()];
        stories.all().forEach(story -> begins[story.types()[0]]++);
        List<List<Property>> ofEvents = new ArrayList<>();
        for (int type = 0; type < stories.types().size(); type++) {
            BitSet filled = stories.filled().get(type);
            boolean isFirst = begins[type] >= SELDOM * stories.all().size();
            List<Property> has = properties.stream()
                    .filter(each -> filled.get(each.column().place()))
                    .filter(each -> isFirst || !isOfCustomer(stories, each.column()))
                    .toList();
            has.stream()
                    .skip(MOST_PROPERTIES)
                    .forEach(each -> leftOut.put(
                            each.column().name(), "an event has at most " + MOST_PROPERTIES + " properties"));
            ofEvents.add(has.stream().limit(MOST_PROPERTIES).toList());
        }
        return ofEvents;
    }

    /** Whether every record has it, and says the same at all events of a customer. */
    static boolean isOfCustomer(Stories stories, Column column) {
        return stories.steady().get(column.place()) && column.fill() >= 0.98;
    }
}
