package dev.forestall.pack.expression;

import dev.cel.common.CelIssue;
import dev.forestall.pack.problem.Nearest;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problem;
import dev.forestall.pack.problem.Problem.Severity;
import java.util.Collection;
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

    private static final List<String> FUNCTIONS = List.of(
            "has", "size", "startsWith", "endsWith", "contains", "matches", "duration", "timestamp", "int", "double");

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
        TYPES.put("forestall.event", "the event as a whole");
        TYPES.put("forestall.trait", "all traits");
    }

    private Issues() {}

    /**
     * @param issue what the library said
     * @param text the expression
     * @param place where in the file it is
     * @param path the keys that lead to it
     */
    static Problem problem(CelIssue issue, String text, Place place, String path, Names names) {
        String message = issue.getMessage();
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            return unknown(undeclared.group(1), isCall(text, issue), place, path, names);
        }
        Matcher field = NO_FIELD.matcher(message);
        if (field.matches()) {
            return unknownField(field.group(1), before(text, issue), place, path, names);
        }
        Matcher overload = NO_OVERLOAD.matcher(message);
        if (overload.matches()) {
            return overload(overload.group(1), overload.group(2), place, path);
        }
        return problem(
                PackError.BAD_EXPRESSION,
                place,
                path,
                "not CEL: " + said(message),
                "See the reference of conditions",
                "");
    }

    /** The parser's first line, without its list of all that could have stood there. */
    private static String said(String message) {
        String line = message.lines().findFirst().orElse("").strip();
        int expecting = line.indexOf(" expecting {");
        return (expecting < 0 ? line : line.substring(0, expecting))
                .replace("mismatched input", "unexpected")
                .replace("'<EOF>'", "the end")
                .replace("<EOF>", "the end");
    }

    /** Whether the parenthesis of a function's arguments stands at the place of an issue. */
    private static boolean isCall(String text, CelIssue issue) {
        int at = issue.getSourceLocation().getColumn();
        return at >= 0 && at < text.length() && text.charAt(at) == '(';
    }

    /** The name before the dot at the place of an issue, such as {@code trait}; empty when there is none. */
    private static String before(String text, CelIssue issue) {
        int end = Math.max(0, Math.min(text.length(), issue.getSourceLocation().getColumn()));
        int begin = end;
        while (begin > 0 && Character.isJavaIdentifierPart(text.charAt(begin - 1))) {
            begin--;
        }
        return text.substring(begin, end);
    }

    private static Problem unknown(String name, boolean isCall, Place place, String path, Names names) {
        if (isCall) {
            return problem(
                    PackError.NOT_SUPPORTED,
                    place,
                    path,
                    "the function '" + name + "' cannot be used in packs",
                    "Possible are " + Nearest.list(FUNCTIONS),
                    Nearest.to(name, FUNCTIONS));
        }
        SortedSet<String> valid = new TreeSet<>(names.properties().keySet());
        valid.addAll(Names.TAKEN);
        return problem(
                PackError.UNKNOWN_NAME,
                place,
                path,
                "there is no '" + name + "'",
                "There is " + Nearest.list(valid) + "; texts stand in quotes",
                Nearest.to(name, valid));
    }

    private static Problem unknownField(String name, String before, Place place, String path, Names names) {
        Collection<String> valid = switch (before) {
            case "event" -> names.properties().keySet();
            case "trait" -> names.traits();
            case "journey" -> names.journeys();
            case "signal" -> names.signals();
            case "context" -> names.affectingSignals();
            case "risk" -> names.predictions();
            default -> List.of("open", "step", "value");
        };
        return problem(
                PackError.UNKNOWN_NAME,
                place,
                path,
                "there is no '" + (before.isEmpty() ? "" : before) + "." + name + "'",
                valid.isEmpty() ? "There is none" : "There is " + Nearest.list(valid),
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
