package dev.forestall.pack;

import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.host.FileMapping.Notation;
import dev.forestall.loop.host.FileMapping.TimeFormat;
import dev.forestall.pack.grammar.Durations;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Reads how one property of a file is written. Each type of property has keys of its own for that. */
final class Notations {

    private static final List<String> KEYS = List.of("format", "zone", "unit", "decimal", "groups", "yes", "no");

    private final Section section;
    private final PropertyType type;
    private final Problems problems;

    Notations(Section section, PropertyType type, Problems problems) {
        this.section = section;
        this.type = type;
        this.problems = problems;
    }

    /** @param time reads the format of a time */
    Notation read(Supplier<TimeFormat> time) {
        List<String> mine = keys();
        for (String key : KEYS) {
            if (section.has(key) && !mine.contains(key)) {
                wrong(key, mine.isEmpty() ? "Leave it out" : "Possible are " + String.join(", ", mine));
            }
        }
        return switch (type) {
            case TIME -> new Notation.TimeAs(time.get());
            case DURATION -> length();
            case MONEY -> section.has("unit") ? minor() : decimal();
            case NUMBER, INTEGER -> decimal();
            case BOOLEAN -> words();
            case STRING -> new Notation.Plain();
        };
    }

    private List<String> keys() {
        return switch (type) {
            case TIME -> List.of("format", "zone");
            case DURATION -> List.of("unit");
            case MONEY -> List.of("unit", "decimal", "groups");
            case NUMBER, INTEGER -> List.of("decimal", "groups");
            case BOOLEAN -> List.of("yes", "no");
            case STRING -> List.of();
        };
    }

    private Notation length() {
        String unit = section.text("unit", "");
        if (unit.equals("minor")) {
            wrong("unit", "Write ms, s, m, h or d");
            return new Notation.Plain();
        }
        return unit.isEmpty() ? new Notation.Plain() : new Notation.LengthIn(Durations.unit(unit));
    }

    private Notation minor() {
        if (!section.text("unit", "").equals("minor")) {
            wrong("unit", "Write minor, or leave it out when major units stand there");
        }
        return new Notation.MinorUnits();
    }

    private Notation decimal() {
        if (!section.has("decimal") && !section.has("groups")) {
            return new Notation.Plain();
        }
        char mark = section.text("decimal", ".").charAt(0);
        char groups = section.text("groups", String.valueOf(Notation.Decimal.NO_GROUPS))
                .charAt(0);
        if (mark == groups) {
            wrong("groups", "It cannot be the same as what stands before the decimals");
            return new Notation.Plain();
        }
        return new Notation.Decimal(mark, groups);
    }

    private Notation words() {
        Set<String> yes = texts("yes");
        Set<String> no = texts("no");
        if (yes.isEmpty() && no.isEmpty()) {
            return new Notation.Plain();
        }
        if (yes.isEmpty() || no.isEmpty()) {
            wrong(yes.isEmpty() ? "no" : "yes", "Write both, the words for true and the words for false");
        }
        return new Notation.Words(yes, no);
    }

    private Set<String> texts(String key) {
        return new LinkedHashSet<>(
                section.scalars(key).stream().map(Scalar::text).toList());
    }

    private void wrong(String key, String expected) {
        problems.error(
                PackError.WRONG_VALUE,
                section.placeOf(key),
                section.pathOf(key),
                "'" + key + "' does not fit a property of type " + type.name().toLowerCase(Locale.ROOT),
                expected);
    }
}
