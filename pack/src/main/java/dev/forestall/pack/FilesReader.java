package dev.forestall.pack;

import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.Format;
import dev.forestall.loop.host.FileMapping.Notation;
import dev.forestall.loop.host.FileMapping.Order;
import dev.forestall.loop.host.FileMapping.PropertyFrom;
import dev.forestall.loop.host.FileMapping.TimeFormat;
import dev.forestall.loop.host.FileMapping.TimeFrom;
import dev.forestall.loop.host.FileMapping.TypeFrom;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Items;
import dev.forestall.pack.source.Node.Scalar;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads how files become events. */
final class FilesReader {

    private static final LocalDate FIRST_DAY = LocalDate.EPOCH;
    private static final LocalDate LAST_DAY = LocalDate.of(2100, 1, 1);

    private final TrackingPlan plan;
    private final Problems problems;
    private final IdentifierPlaces identifierPlaces;
    private final List<FileMapping> mappings = new ArrayList<>();

    FilesReader(TrackingPlan plan, Problems problems) {
        this.plan = plan;
        this.problems = problems;
        this.identifierPlaces = new IdentifierPlaces(plan, problems);
    }

    void read(Section pack) {
        for (Member member : pack.members("files")) {
            member.section(Grammar.FILE).ifPresent(section -> read(member.name(), section));
        }
    }

    private void read(String name, Section section) {
        Set<Format> formats = EnumSet.noneOf(Format.class);
        section.scalars("format").forEach(format -> format(format.text()).ifPresent(formats::add));
        SequencedMap<String, String> identifiers = identifierPlaces.read(section);
        Optional<TypeFrom> type = section.section("event").flatMap(this::type);
        Optional<TimeFrom> time = section.section("time").map(this::time);
        // One file has one clock: what says nothing of its zone is read in that of the events.
        ZoneId zone =
                section.section("time").map(each -> zone(each, ZoneOffset.UTC)).orElse(ZoneOffset.UTC);
        List<PropertyFrom> properties = new ArrayList<>();
        section.members("properties").forEach(member -> properties.addAll(properties(member, zone)));
        String delimiter = section.text("delimiter", ",");
        if (formats.isEmpty() || type.isEmpty() || time.isEmpty()) {
            return;
        }
        mappings.add(new FileMapping(
                name,
                texts(section, "named"),
                formats,
                delimiter.equals("tab") ? '\t' : delimiter.charAt(0),
                identifiers,
                type.get(),
                time.get(),
                properties,
                Set.copyOf(texts(section, "absent")),
                texts(section, "event_id"),
                section.text("order", "by_time").equals("by_time") ? Order.BY_TIME : Order.AS_IS));
    }

    private static Optional<Format> format(String name) {
        return switch (name) {
            case "csv" -> Optional.of(Format.CSV);
            case "jsonl" -> Optional.of(Format.JSON_LINES);
            case "xes" -> Optional.of(Format.XES);
            default -> Optional.empty();
        };
    }

    private static List<String> texts(Section section, String key) {
        return section.scalars(key).stream().map(Scalar::text).toList();
    }

    private Optional<TypeFrom> type(Section section) {
        boolean isFixed = section.has("is");
        if (isFixed == section.has("from")) {
            problems.error(
                    PackError.NOT_EXACTLY_ONE,
                    section.place(),
                    section.path(),
                    isFixed ? "'is' and 'from' cannot stand together" : "it is not said which event a record is",
                    "Write 'is' when every record is the same event, or 'from' where the event stands");
            return Optional.empty();
        }
        if (isFixed) {
            return section.scalar("is")
                    .filter(name -> isEvent(name, section.pathOf("is")))
                    .map(name -> new TypeFrom.Fixed(name.text()));
        }
        SequencedMap<String, String> names = new LinkedHashMap<>();
        TreeMap<String, String> sorted = new TreeMap<>();
        for (Member member : section.members("names")) {
            if (member.node() instanceof Scalar name && isEvent(name, member.path())) {
                sorted.put(member.name(), name.text());
            }
        }
        names.putAll(sorted);
        Set<String> ignored = new TreeSet<>(texts(section, "ignore"));
        for (Scalar each : section.scalars("ignore")) {
            if (names.containsKey(each.text())) {
                problems.error(
                        PackError.DUPLICATE,
                        each.place(),
                        section.pathOf("ignore"),
                        "'" + each.text() + "' is an event and left out as well",
                        "Keep one of them");
            }
        }
        return Optional.of(new TypeFrom.Told(texts(section, "from"), names, ignored));
    }

    private boolean isEvent(Scalar name, String path) {
        boolean isEvent = plan.type(name.text()).isPresent();
        if (!isEvent && !name.isNothing()) {
            problems.unknown(
                    PackError.UNKNOWN_NAME,
                    name.place(),
                    path,
                    "event",
                    name.text(),
                    plan.byName().keySet());
        }
        return isEvent;
    }

    private TimeFrom time(Section section) {
        TimeFormat format = timeFormat(section, zone(section, ZoneOffset.UTC));
        long earliest = bound(section, "earliest", TimeFrom.USUAL_EARLIEST);
        long latest = bound(section, "latest", TimeFrom.AS_READ);
        if (latest < earliest) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    section.placeOf(section.has("latest") ? "latest" : "earliest"),
                    section.path(),
                    "no time lies between 'earliest' and 'latest'",
                    "Make 'latest' the later of the two");
            return new TimeFrom(section.text("from", ""), format);
        }
        return new TimeFrom(section.text("from", ""), format, earliest, latest);
    }

    /** The beginning of a day in UTC: within what {@link java.time.Instant} and whoever sorts events by time can hold. */
    private long bound(Section section, String key, long standard) {
        String text = section.text(key, "");
        if (text.isEmpty()) {
            return standard;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (!day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY)) {
                return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
            }
        } catch (DateTimeException noDay) {
            // The grammar has said so.
            return standard;
        }
        problems.error(
                PackError.OUT_OF_RANGE,
                section.placeOf(key),
                section.pathOf(key),
                "events happen between " + FIRST_DAY + " and " + LAST_DAY,
                "Write a day in between");
        return standard;
    }

    private TimeFormat timeFormat(Section section, ZoneId zone) {
        String format = section.text("format", "iso");
        return switch (format) {
            case "iso" -> new TimeFormat.Iso(zone);
            case "epoch_seconds" -> new TimeFormat.EpochSeconds();
            case "epoch_millis" -> new TimeFormat.EpochMillis();
            case "epoch_micros" -> new TimeFormat.EpochMicros();
            default -> pattern(section, format, zone);
        };
    }

    private TimeFormat pattern(Section section, String pattern, ZoneId zone) {
        TimePattern.problem(pattern)
                .ifPresent(problem -> problems.error(
                        PackError.WRONG_VALUE,
                        section.placeOf("format"),
                        section.pathOf("format"),
                        "'" + pattern + "' is no pattern of times: " + problem.what(),
                        problem.expected()));
        return new TimeFormat.Pattern(pattern, zone);
    }

    private ZoneId zone(Section section, ZoneId standard) {
        String zone = section.text("zone", "");
        if (zone.isEmpty()) {
            return standard;
        }
        try {
            return zone.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            problems.error(
                    PackError.WRONG_VALUE,
                    section.placeOf("zone"),
                    section.pathOf("zone"),
                    "there is no time zone '" + zone + "'",
                    "Write a zone such as Europe/Amsterdam, or UTC");
            return ZoneOffset.UTC;
        }
    }

    /** From where a property is read: one place, or several for several events. */
    private List<PropertyFrom> properties(Member member, ZoneId zone) {
        Optional<PropertyType> type = plan.types().stream()
                .flatMap(each -> each.property(member.name()).stream())
                .map(Property::type)
                .findFirst();
        if (type.isEmpty()) {
            Set<String> valid = new TreeSet<>();
            plan.types().forEach(each -> each.properties().forEach(property -> valid.add(property.name())));
            problems.unknown(
                    PackError.UNKNOWN_NAME, member.key().place(), member.path(), "property", member.name(), valid);
            return List.of();
        }
        List<PropertyFrom> froms = new ArrayList<>();
        List<Node> nodes = member.node() instanceof Items items ? items.nodes() : List.of(member.node());
        for (Node node : nodes) {
            if (node instanceof Scalar place) {
                froms.add(new PropertyFrom(member.name(), place.text(), List.of(), notation(type.get(), zone)));
            } else if (node instanceof Entries entries) {
                Section section = new Section(member.path(), entries, Grammar.FILE_PROPERTY);
                property(member.name(), section, type.get(), zone).ifPresent(froms::add);
            }
        }
        return froms;
    }

    private Optional<PropertyFrom> property(String name, Section section, PropertyType type, ZoneId zone) {
        List<String> in = new ArrayList<>();
        for (Scalar event : section.scalars("in")) {
            if (isEvent(event, section.pathOf("in"))) {
                in.add(event.text());
                checkCarries(name, event, section);
            }
        }
        Notation notation = new Notations(section, type, problems).read(() -> timeFormat(section, zone(section, zone)));
        return section.text("from").map(place -> new PropertyFrom(name, place, in, notation));
    }

    private void checkCarries(String property, Scalar event, Section section) {
        plan.type(event.text())
                .filter(type -> type.property(property).isEmpty())
                .ifPresent(type -> problems.error(
                        PackError.UNKNOWN_NAME,
                        event.place(),
                        section.pathOf("in"),
                        type.name() + " does not carry '" + property + "'",
                        "Declare the property there, or leave the event out"));
    }

    private static Notation notation(PropertyType type, ZoneId zone) {
        return type == PropertyType.TIME ? new Notation.TimeAs(new TimeFormat.Iso(zone)) : new Notation.Plain();
    }

    /** In the order of their names. */
    List<FileMapping> mappings() {
        return mappings;
    }
}
