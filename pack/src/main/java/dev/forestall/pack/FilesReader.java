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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads how files become events. */
final class FilesReader {

    private static final TimeFormat ISO = new TimeFormat.Iso(ZoneOffset.UTC);

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
        List<PropertyFrom> properties = new ArrayList<>();
        section.members("properties").forEach(member -> properties.addAll(properties(member)));
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
        return new TimeFrom(section.text("from", ""), timeFormat(section));
    }

    private TimeFormat timeFormat(Section section) {
        String format = section.text("format", "iso");
        ZoneId zone = zone(section);
        return switch (format) {
            case "iso" -> new TimeFormat.Iso(zone);
            case "epoch_seconds" -> new TimeFormat.EpochSeconds();
            case "epoch_millis" -> new TimeFormat.EpochMillis();
            case "epoch_micros" -> new TimeFormat.EpochMicros();
            default -> pattern(section, format, zone);
        };
    }

    private TimeFormat pattern(Section section, String pattern, ZoneId zone) {
        try {
            var unused = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        } catch (IllegalArgumentException wrong) {
            problems.error(
                    PackError.WRONG_VALUE,
                    section.placeOf("format"),
                    section.pathOf("format"),
                    "'" + pattern + "' is no pattern of times: " + wrong.getMessage(),
                    "Write iso, epoch_millis, epoch_seconds or a pattern such as dd.MM.yyyy HH:mm:ss");
        }
        return new TimeFormat.Pattern(pattern, zone);
    }

    private ZoneId zone(Section section) {
        String zone = section.text("zone", "UTC");
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
    private List<PropertyFrom> properties(Member member) {
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
                froms.add(new PropertyFrom(member.name(), place.text(), List.of(), notation(type.get())));
            } else if (node instanceof Entries entries) {
                Section section = new Section(member.path(), entries, Grammar.FILE_PROPERTY);
                property(member.name(), section, type.get()).ifPresent(froms::add);
            }
        }
        return froms;
    }

    private Optional<PropertyFrom> property(String name, Section section, PropertyType type) {
        List<String> in = new ArrayList<>();
        for (Scalar event : section.scalars("in")) {
            if (isEvent(event, section.pathOf("in"))) {
                in.add(event.text());
                checkCarries(name, event, section);
            }
        }
        Notation notation = new Notations(section, type, problems).read(() -> timeFormat(section));
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

    private static Notation notation(PropertyType type) {
        return type == PropertyType.TIME ? new Notation.TimeAs(ISO) : new Notation.Plain();
    }

    /** In the order of their names. */
    List<FileMapping> mappings() {
        return mappings;
    }
}
