package dev.forestall.pack.expression;

import dev.cel.common.CelIssue;
import dev.forestall.pack.problem.Nearest;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problem;
import dev.forestall.pack.problem.Problem.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in the words of packs what the CEL library says in its own. */
final class Issues {

    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern NO_FIELD = Pattern.compile("undefined field '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern NO_OVERLOAD =
            Pattern.compile("found no matching overload for '([^']*)' applied to '\\((.*?)\\)'.*", Pattern.DOTALL);

    private static final Map<String, String> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("google.protobuf.Timestamp", "a time");
        TYPES.put("timestamp", "a time");
        TYPES.put("google.protobuf.Duration", "a duration");
        TYPES.put("duration", "a duration");
        TYPES.put("string", "a text");
        TYPES.put("double", "a number");
        TYPES.put("int", "a whole number");
        TYPES.put("uint", "an unsigned number");
        TYPES.put("bool", "true or false");
    }

    private Issues() {}

    static Problem problem(CelIssue issue, Place place, String path, Names names) {
        String message = issue.getMessage();
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            return unknown(undeclared.group(1), place, path, names);
        }
        Matcher field = NO_FIELD.matcher(message);
        if (field.matches()) {
            return unknownField(field.group(1), place, path, names);
        }
        Matcher overload = NO_OVERLOAD.matcher(message);
        if (overload.matches()) {
            return overload(overload.group(1), overload.group(2), place, path);
        }
        String found = message.lines().findFirst().orElse("").strip();
        return problem(
                PackError.BAD_EXPRESSION, place, path, "not CEL: " + found, "See the reference of conditions", "");
    }

    private static Problem unknown(String name, Place place, String path, Names names) {
        SortedSet<String> valid = new TreeSet<>(names.properties().keySet());
        valid.addAll(Names.TAKEN);
        String nearest = Nearest.to(name, valid);
        return problem(
                PackError.UNKNOWN_NAME,
                place,
                path,
                "there is no '" + name + "'",
                "There is " + Nearest.list(valid) + "; texts stand in quotes",
                nearest);
    }

    private static Problem unknownField(String name, Place place, String path, Names names) {
        SortedSet<String> valid = new TreeSet<>(names.properties().keySet());
        valid.addAll(names.traits());
        valid.addAll(names.journeys());
        valid.addAll(names.signals());
        valid.addAll(names.cohortSignals());
        valid.addAll(List.of("open", "step", "value"));
        return problem(
                PackError.UNKNOWN_NAME,
                place,
                path,
                "there is no '." + name + "'",
                "event. has properties and identifiers; trait., signal. and context. the declared names; journey.NAME. has"
                        + " open, step and value",
                Nearest.to(name, valid));
    }

    private static Problem overload(String function, String arguments, Place place, String path) {
        String types = arguments;
        for (Map.Entry<String, String> each : TYPES.entrySet()) {
            types = types.replaceAll("\\b" + Pattern.quote(each.getKey()) + "\\b", each.getValue());
        }
        String operator = function.replace("_", "").replace("@", "");
        boolean mixed = arguments.contains("double") && arguments.contains("int");
        return problem(
                PackError.WRONG_TYPE,
                place,
                path,
                "'" + operator + "' cannot be applied to " + types.replace(", ", " and "),
                mixed
                        ? "Whole and decimal numbers do not mix here: write 4.0 instead of 4, or double(…)"
                        : "Compare and compute with values of one type; texts stand in quotes",
                "");
    }

    private static Problem problem(
            PackError code, Place place, String path, String found, String expected, String nearest) {
        return new Problem(code, Severity.ERROR, place, path, found, expected, nearest);
    }
}
