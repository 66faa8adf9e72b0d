package dev.forestall.acceptance.architecture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.forestall.acceptance.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Every package says in a few lines which question it answers, and is null-marked. */
final class PackageDocs {
    static final int FEWEST_LINES = 2;
    static final int MOST_LINES = 8;

    private static final Pattern NULL_MARKED =
            Pattern.compile("^@(org\\.jspecify\\.annotations\\.)?NullMarked\\b", Pattern.MULTILINE);
    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern LEADING_STAR = Pattern.compile("^\\s*\\*?\\s*");

    private PackageDocs() {}

    /** What is wrong with the packages below a source directory; empty when all is well or nothing is there. */
    static List<String> problems(Path sources) {
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        var problems = new ArrayList<String>();
        try (var files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .collect(groupingBy(
                            Path::getParent,
                            TreeMap::new,
                            mapping(file -> file.getFileName().toString(), toSet())))
                    .forEach((directory, names) -> {
                        if (names.contains("package-info.java")) {
                            problems.addAll(problemsOf(directory.resolve("package-info.java")));
                        } else {
                            problems.add(directory + " has no package-info.java");
                        }
                    });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return problems;
    }

    private static List<String> problemsOf(Path packageInfo) {
        var problems = new ArrayList<String>();
        var text = Repository.text(packageInfo);
        if (!NULL_MARKED.matcher(text).find()) {
            problems.add(packageInfo + " is not @NullMarked");
        }
        long lines = linesOfJavadoc(text);
        if (lines < FEWEST_LINES || lines > MOST_LINES) {
            problems.add(
                    "%s has %d lines of Javadoc; expected %d to %d: which question the package answers, what goes in,"
                                    .formatted(packageInfo, lines, FEWEST_LINES, MOST_LINES)
                            + " what comes out");
        }
        return problems;
    }

    private static long linesOfJavadoc(String text) {
        var comment = COMMENT.matcher(text);
        if (!comment.find()) {
            return 0;
        }
        return comment.group(1)
                .lines()
                .map(line -> LEADING_STAR.matcher(line).replaceFirst(""))
                .filter(line -> !line.isBlank())
                .count();
    }
}
