package dev.forestall.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Rows under a heading, aligned: words to the left, figures to the right. Lines end without spaces. */
public final class Table {

    private static final String GAP = "  ";

    private final String indent;
    private final List<Column> columns = new ArrayList<>();
    private final List<List<Cell>> rows = new ArrayList<>();

    private record Column(String title, boolean toTheRight) {}

    /** One field of a row. */
    public record Cell(String text, Paint paint) {

        public static Cell of(String text) {
            return new Cell(text, Paint.PLAIN);
        }
    }

    /** @param indent how many spaces stand before each line */
    public Table(int indent) {
        this.indent = " ".repeat(indent);
    }

    public Table words(String title) {
        columns.add(new Column(title, false));
        return this;
    }

    public Table figures(String title) {
        columns.add(new Column(title, true));
        return this;
    }

    public Table row(String... texts) {
        return row(java.util.Arrays.stream(texts).map(Cell::of).toArray(Cell[]::new));
    }

    /** Fewer cells than columns leave the last ones empty. */
    public Table row(Cell... cells) {
        if (cells.length > columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The finished lines; the one with the titles is left out when no column has any. */
    List<String> lines(Page page) {
        List<String> lines = new ArrayList<>();
        int[] widths = widths();
        if (columns.stream().anyMatch(column -> !column.title.isEmpty())) {
            lines.add(line(page, titles(), widths));
        }
        rows.forEach(row -> lines.add(line(page, row, widths)));
        return lines;
    }

    private List<Cell> titles() {
        return columns.stream().map(column -> new Cell(column.title, Paint.DIM)).toList();
    }

    private int[] widths() {
        int[] widths = columns.stream().mapToInt(column -> length(column.title)).toArray();
        for (List<Cell> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], length(row.get(i).text));
            }
        }
        return widths;
    }

    private String line(Page page, List<Cell> cells, int[] widths) {
        StringBuilder line = new StringBuilder(indent);
        int owed = 0;
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            int room = widths[i] - length(cell.text);
            int before = owed + (columns.get(i).toTheRight ? room : 0);
            if (!cell.text.isEmpty()) {
                line.append(" ".repeat(before)).append(page.paint(cell.paint, cell.text));
                owed = columns.get(i).toTheRight ? 0 : room;
            } else {
                owed = before + (columns.get(i).toTheRight ? 0 : room);
            }
            owed += GAP.length();
        }
        return line.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
