package dev.forestall.pack;

import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.report.ReportEvents;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the tracking plan: what may happen, and what it says. */
final class Plan {

    private final Subjects subjects;
    private final Currency currency;
    private final Problems problems;
    private final Map<String, First> firsts = new HashMap<>();
    private final SortedSet<String> personal = new TreeSet<>();

    /** Where a property was first declared, and how. */
    private record First(Property property, String event, Place place) {}

    private Plan(Subjects subjects, Currency currency, Problems problems) {
        this.subjects = subjects;
        this.currency = currency;
        this.problems = problems;
    }

    /**
     * What was read.
     *
     * @param events the tracking plan itself
     * @param personal names of the properties that are personal data
     */
    record Read(TrackingPlan events, SortedSet<String> personal) {}

    static Read read(Section pack, Subjects subjects, Currency currency, Problems problems) {
        Plan plan = new Plan(subjects, currency, problems);
        List<EventType> types = new ArrayList<>();
        for (Member event : pack.members("events")) {
            if (ReportEvents.isBuiltIn(event.name())) {
                problems.error(
                        PackError.NAME_TAKEN,
                        event.key().place(),
                        event.path(),
                        "'" + event.name()
                                + "' is a built-in event: what is reported on requests, decisions, alerts and customers",
                        "It can be used without declaring it; leave it out here, or choose another name");
            } else {
                types.add(new EventType(event.name(), types.size(), plan.properties(event)));
            }
        }
        if (pack.has("events") && types.isEmpty()) {
            problems.error(
                    PackError.MISSING_KEY,
                    pack.placeOf("events"),
                    "events",
                    "no event is declared",
                    "Write for instance order_placed: { amount: money }");
        }
        for (String name : BuiltInEvents.usedIn(pack.node())) {
            EventType type = ReportEvents.type(name, types.size());
            plan.checkBuiltIn(type, pack.placeOf("events"));
            types.add(type);
        }
        return new Read(new TrackingPlan(types, subjects.identifiers()), plan.personal);
    }

    private List<Property> properties(Member event) {
        List<Property> properties = new ArrayList<>();
        for (Member member : Section.members(event.node(), Grammar.PROPERTIES, event.path())) {
            property(member, properties.size()).ifPresent(property -> {
                properties.add(property);
                check(member, event.name(), property);
            });
        }
        return properties;
    }

    private Optional<Property> property(Member member, int slot) {
        if (member.node() instanceof Scalar scalar) {
            return type(scalar.text())
                    .map(type -> new Property(
                            member.name(),
                            type,
                            slot,
                            false,
                            false,
                            type == PropertyType.MONEY ? currency.getCurrencyCode() : ""));
        }
        Section section = member.section(Grammar.PROPERTY).orElse(null);
        if (section == null) {
            return Optional.empty();
        }
        return section.text("type")
                .flatMap(Plan::type)
                .map(type -> new Property(
                        member.name(),
                        type,
                        slot,
                        section.flag("required"),
                        section.flag("personal"),
                        unit(section, type)));
    }

    private static Optional<PropertyType> type(String name) {
        for (PropertyType type : PropertyType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private String unit(Section section, PropertyType type) {
        boolean isMoney = type == PropertyType.MONEY;
        String misplaced = isMoney ? "unit" : "currency";
        if (section.has(misplaced)) {
            problems.error(
                    PackError.UNKNOWN_KEY,
                    section.placeOf(misplaced),
                    section.path(),
                    isMoney ? "money has a currency, not a unit" : "only money has a currency",
                    isMoney ? "Write currency: " + currency : "Write unit: kg, or type: money");
        }
        return isMoney
                ? Currencies.read(section, "currency", currency, problems).getCurrencyCode()
                : section.text("unit", "");
    }

    private void check(Member member, String event, Property property) {
        String name = member.name();
        Declared.checkName(member.key(), member.path(), "a property", problems);
        if (property.personal()) {
            personal.add(name);
        }
        if (subjects.identifiers().stream().anyMatch(each -> each.name().equals(name))) {
            problems.error(
                    PackError.NAME_TAKEN,
                    member.key().place(),
                    member.path(),
                    "'" + name + "' is an identifier",
                    "Any event can carry it without declaring it; leave it out here");
        }
        First first =
                firsts.putIfAbsent(name, new First(property, event, member.key().place()));
        if (first != null && !isAlike(first.property(), property)) {
            problems.error(
                    PackError.NAME_TAKEN,
                    member.key().place(),
                    member.path(),
                    "'" + name + "' is " + described(property) + " here and " + described(first.property()) + " in "
                            + first.event() + " at " + first.place(),
                    "A property of one name has one type in all events");
        }
    }

    /** A built-in event's properties must mean the same as the pack's own of the same names. */
    private void checkBuiltIn(EventType type, Place place) {
        for (Property property : type.properties()) {
            First first = firsts.get(property.name());
            if (first != null && !isAlike(first.property(), property)) {
                problems.error(
                        PackError.NAME_TAKEN,
                        first.place(),
                        "events." + first.event() + "." + property.name(),
                        "'" + property.name() + "' is " + described(first.property()) + " here and "
                                + described(property) + " in the built-in event " + type.name(),
                        "A property of one name has one type in all events");
            }
            if (subjects.identifiers().stream().anyMatch(each -> each.name().equals(property.name()))) {
                problems.error(
                        PackError.NAME_TAKEN,
                        place,
                        "subjects",
                        "the identifier '" + property.name() + "' is a property of the built-in event " + type.name(),
                        "Give the identifier another name");
            }
        }
    }

    private static boolean isAlike(Property one, Property other) {
        boolean isMoney = one.type() == PropertyType.MONEY;
        return one.type() == other.type() && (!isMoney || one.unit().equals(other.unit()));
    }

    private static String described(Property property) {
        String type = property.type().name().toLowerCase(Locale.ROOT);
        return property.type() == PropertyType.MONEY ? type + " in " + property.unit() : type;
    }
}
