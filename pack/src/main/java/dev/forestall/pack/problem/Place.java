package dev.forestall.pack.problem;

/**
 * Where in a pack something stands.
 *
 * @param file relative to the pack's folder
 * @param line from 1; 0 when it is the file as a whole
 * @param column from 1; 0 when it is the file as a whole
 */
public record Place(String file, int line, int column) implements Comparable<Place> {

    /** A whole file. */
    public static Place of(String file) {
        return new Place(file, 0, 0);
    }

    /** So many columns further on the same line. */
    public Place right(int columns) {
        return new Place(file, line, column + columns);
    }

    @Override
    public int compareTo(Place other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
