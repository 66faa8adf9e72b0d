package dev.forestall.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text under a heading, for people on a terminal and for Markdown. The first column is text, the others are figures. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    /** On standard output, and as Markdown where the options ask for it. */
    void print(String title, Options options) throws IOException {
        System.out.println("\n" + title + "\n\n" + aligned() + "\n");
        if (!options.markdown().isEmpty()) {
            Files.writeString(Path.of(options.markdown()), "**" + title + "**\n\n" + markdown());
        }
    }

    String aligned() {
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(column -> pad(row.get(column), widths[column], column == 0))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    String markdown() {
        var lines = new ArrayList<String>();
        for (var row : rows) {
            lines.add("| " + String.join(" | ", row) + " |");
        }
        lines.add(1, "|---|" + "---:|".repeat(rows.getFirst().size() - 1));
        return String.join("\n", lines) + "\n";
    }

    private static String pad(String text, int width, boolean left) {
        var spaces = " ".repeat(width - text.length());
        return left ? text + spaces : spaces + text;
    }
}
