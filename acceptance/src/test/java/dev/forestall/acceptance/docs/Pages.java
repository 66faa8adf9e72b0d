package dev.forestall.acceptance.docs;

import dev.forestall.acceptance.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The pages of documentation in a directory, and what is wrong between them. */
final class Pages {
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("^```.*?^```|`[^`\\n]*`", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);
    private static final Pattern RECORD = Pattern.compile("\\d{4}-[a-z0-9-]+\\.md");
    private static final List<String> PARTS_OF_A_RECORD =
            List.of("Status: ", "## Context", "## Decision", "## Consequences", "## What would change our mind");
    private static final int LINES_ON_A_PAGE = 60;

    private Pages() {}

    /** Links to files or headings that are not there. Links to other sites are not looked at. */
    static List<String> brokenLinks(Path root) {
        var problems = new ArrayList<String>();
        for (var page : all(root)) {
            var text = CODE.matcher(Repository.text(page)).replaceAll("");
            LINK.matcher(text).results().map(link -> link.group(1)).forEach(link -> {
                if (!link.contains("://") && !link.startsWith("mailto:") && !leadsSomewhere(page, link)) {
                    problems.add(root.relativize(page) + " links to " + link + ", which is not there");
                }
            });
        }
        return problems;
    }

    /** Decision records that lack a part, are longer than a page, or are not in the index. */
    static List<String> problemsOfRecords(Path directory) {
        var problems = new ArrayList<String>();
        var index = Repository.text(directory.resolve("README.md"));
        for (var page : all(directory)) {
            var name = page.getFileName().toString();
            if (!RECORD.matcher(name).matches()) {
                continue;
            }
            var text = Repository.text(page);
            if (!text.startsWith("# " + name.substring(0, 4) + " ")) {
                problems.add(name + " does not begin with its number");
            }
            for (var part : PARTS_OF_A_RECORD) {
                if (text.lines().noneMatch(line -> line.startsWith(part))) {
                    problems.add(name + " has no '" + part.strip() + "'");
                }
            }
            if (text.lines().count() > LINES_ON_A_PAGE) {
                problems.add(name + " is longer than a page of " + LINES_ON_A_PAGE + " lines");
            }
            if (!index.contains("(" + name + ")")) {
                problems.add(name + " is not in README.md");
            }
        }
        return problems;
    }

    private static boolean leadsSomewhere(Path page, String link) {
        int hash = link.indexOf('#');
        var file = hash < 0 ? link : link.substring(0, hash);
        var target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || !target.toString().endsWith(".md") || anchors(target).contains(link.substring(hash + 1));
    }

    /** The names under which headings can be reached, made as the usual viewers of Markdown make them. */
    private static List<String> anchors(Path page) {
        return HEADING.matcher(Repository.text(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<Path> all(Path root) {
        var pages = new ArrayList<Path>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    var name = directory.getFileName().toString();
                    return name.equals("target") || name.equals(".git")
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".md")) {
                        pages.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        pages.sort(null);
        return pages;
    }
}
