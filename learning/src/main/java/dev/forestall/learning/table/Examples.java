package dev.forestall.learning.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Moments of history as a table: what was known at each, and what came of it. Immutable once built; rows are kept as they were given,
 * four bytes a value.
 */
public final class Examples {

    private final List<Column> columns;
    private final float[][] rows;
    private final boolean[] labels;
    private final int[] subjects;
    private final long[] atMillis;
    private final int[] segments;
    private final List<String> subjectNames;
    private final List<String> segmentNames;

    private Examples(Builder from) {
        int size = from.rows.size();
        this.columns = from.columns;
        this.rows = from.rows.toArray(float[][]::new);
        this.labels = Arrays.copyOf(from.labels, size);
        this.subjects = Arrays.copyOf(from.subjects, size);
        this.atMillis = Arrays.copyOf(from.atMillis, size);
        this.segments = Arrays.copyOf(from.segments, size);
        this.subjectNames = List.copyOf(from.subjectNumbers.keySet());
        this.segmentNames = List.copyOf(from.segmentNumbers.keySet());
    }

    public static Builder of(List<Column> columns) {
        return new Builder(columns);
    }

    public List<Column> columns() {
        return columns;
    }

    /**
     * Which columns some features are.
     *
     * @param keys of features that the table has
     * @throws IllegalArgumentException when it has not
     */
    public int[] columns(List<String> keys) {
        List<String> all = columns.stream().map(Column::key).toList();
        return keys.stream()
                .mapToInt(key -> {
                    int place = all.indexOf(key);
                    if (place < 0) {
                        throw new IllegalArgumentException("the table has no column " + key);
                    }
                    return place;
                })
                .toArray();
    }

    public int size() {
        return rows.length;
    }

    /** The features of a row, by column; NaN where absent. Not to be changed. */
    public float[] row(int index) {
        return rows[index];
    }

    /** Whether the outcome came. */
    public boolean label(int index) {
        return labels[index];
    }

    /** Whose moment it is, from 0. */
    public int subject(int index) {
        return subjects[index];
    }

    public int subjects() {
        return subjectNames.size();
    }

    public String subjectName(int subject) {
        return subjectNames.get(subject);
    }

    public long atMillis(int index) {
        return atMillis[index];
    }

    /** What kind of customer it was; empty when unknown. */
    public String segment(int index) {
        return segmentNames.get(segments[index]);
    }

    /** All rows, in order. */
    public int[] all() {
        int[] all = new int[rows.length];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /** How many of some rows have the outcome. */
    public int outcomes(int[] which) {
        int outcomes = 0;
        for (int row : which) {
            outcomes += labels[row] ? 1 : 0;
        }
        return outcomes;
    }

    /** How many different subjects have the outcome in at least one of some rows. */
    public int subjectsWithOutcome(int[] which) {
        boolean[] seen = new boolean[subjects()];
        int count = 0;
        for (int row : which) {
            if (labels[row] && !seen[subjects[row]]) {
                seen[subjects[row]] = true;
                count++;
            }
        }
        return count;
    }

    /** How many different subjects some rows are of. */
    public int subjects(int[] which) {
        boolean[] seen = new boolean[subjects()];
        int count = 0;
        for (int row : which) {
            count += seen[subjects[row]] ? 0 : 1;
            seen[subjects[row]] = true;
        }
        return count;
    }

    /** Collects rows. */
    public static final class Builder {
        private final List<Column> columns;
        private final List<float[]> rows = new ArrayList<>();
        private boolean[] labels = new boolean[1_024];
        private int[] subjects = new int[1_024];
        private long[] atMillis = new long[1_024];
        private int[] segments = new int[1_024];
        private final Map<String, Integer> subjectNumbers = new LinkedHashMap<>();
        private final Map<String, Integer> segmentNumbers = new LinkedHashMap<>();

        private Builder(List<Column> columns) {
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a table needs columns");
            }
            this.columns = List.copyOf(columns);
        }

        /**
         * One more moment.
         *
         * @param row by column; kept, not copied
         */
        public Builder add(String subject, long at, float[] row, boolean label, String segment) {
            if (row.length != columns.size()) {
                throw new IllegalArgumentException(
                        "a row of " + row.length + " values in a table of " + columns.size() + " columns");
            }
            int size = rows.size();
            if (size == labels.length) {
                labels = Arrays.copyOf(labels, size * 2);
                subjects = Arrays.copyOf(subjects, size * 2);
                atMillis = Arrays.copyOf(atMillis, size * 2);
                segments = Arrays.copyOf(segments, size * 2);
            }
            labels[size] = label;
            atMillis[size] = at;
            subjects[size] = number(subjectNumbers, subject);
            segments[size] = number(segmentNumbers, segment);
            rows.add(row);
            return this;
        }

        private static int number(Map<String, Integer> numbers, String name) {
            Integer known = numbers.putIfAbsent(name, numbers.size());
            return known == null ? numbers.size() - 1 : known;
        }

        public Examples ready() {
            return new Examples(this);
        }
    }
}
