package dev.forestall.acceptance.docs;

import dev.forestall.loop.event.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Holds docs/errors.md against the codes in the code, in both directions. */
final class ErrorCatalogue {
    private static final Pattern CODE = Pattern.compile("[A-Z]{3}-\\d{3}");
    private static final Pattern SECTION = Pattern.compile("^### (\\S+) (.+)$");
    private static final String WHAT_TO_DO = "What to do:";

    private record Section(String title, List<String> lines) {}

    private final List<ErrorCode> codes;
    private final List<String> problems = new ArrayList<>();

    private ErrorCatalogue(List<ErrorCode> codes) {
        this.codes = codes;
    }

    /** What is wrong between the codes and the text of the catalogue; empty when they are equal. */
    static List<String> problems(List<ErrorCode> codes, String markdown) {
        var catalogue = new ErrorCatalogue(codes);
        catalogue.checkCodes();
        catalogue.check(catalogue.sections(markdown));
        return catalogue.problems;
    }

    private void checkCodes() {
        var firstWith = new TreeMap<String, ErrorCode>();
        var enumOf = new TreeMap<String, Class<?>>();
        for (var code : codes) {
            if (!CODE.matcher(code.code()).matches()) {
                problems.add(code.code() + " in the code is not of the form ABC-123");
                continue;
            }
            var other = firstWith.putIfAbsent(code.code(), code);
            if (other != null) {
                problems.add(code.code() + " names two things in the code: " + other + " and " + code);
            }
            var owner = enumOf.putIfAbsent(code.code().substring(0, 3), code.getClass());
            if (owner != null && owner != code.getClass()) {
                problems.add(code.code() + " has the letters of " + owner.getSimpleName());
            }
        }
    }

    private Map<String, Section> sections(String markdown) {
        var sections = new LinkedHashMap<String, Section>();
        List<String> lines = new ArrayList<>();
        boolean isExample = false;
        for (var line : markdown.lines().toList()) {
            isExample ^= line.startsWith("```");
            var heading = SECTION.matcher(line);
            if (!isExample && heading.matches()) {
                lines = new ArrayList<>();
                var section = new Section(heading.group(2), lines);
                if (sections.putIfAbsent(heading.group(1), section) != null) {
                    problems.add(heading.group(1) + " has two sections");
                }
            } else if (line.startsWith("## ")) {
                lines = new ArrayList<>();
            } else if (!line.isBlank()) {
                lines.add(line);
            }
        }
        return sections;
    }

    private void check(Map<String, Section> sections) {
        for (var code : codes) {
            var section = sections.get(code.code());
            if (section == null) {
                problems.add(code.code() + " (" + code.title() + ") has no section");
            } else if (!section.title().equalsIgnoreCase(code.title())) {
                problems.add(code.code() + " is '" + code.title() + "' in the code and '" + section.title()
                        + "' in the catalogue");
            }
        }
        var known = codes.stream().map(ErrorCode::code).toList();
        var before = "";
        for (var entry : sections.entrySet()) {
            var code = entry.getKey();
            if (!known.contains(code)) {
                problems.add(code + " has a section but is not in the code");
            }
            var lines = entry.getValue().lines();
            if (lines.isEmpty() || lines.getFirst().startsWith(WHAT_TO_DO)) {
                problems.add(code + " does not say what it means");
            }
            if (lines.stream().noneMatch(line -> line.startsWith(WHAT_TO_DO))) {
                problems.add(code + " does not say what to do: a paragraph that begins '" + WHAT_TO_DO + "'");
            }
            if (before.length() == code.length()
                    && before.startsWith(code.substring(0, 3))
                    && before.compareTo(code) > 0) {
                problems.add(code + " stands behind " + before);
            }
            before = code;
        }
    }
}
