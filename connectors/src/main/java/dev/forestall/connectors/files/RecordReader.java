package dev.forestall.connectors.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a file record by record, in its own order. */
interface RecordReader extends Closeable {

    /** What stands for the rest of a record that was too long to be kept whole. */
    String CUT = "…[cut]";

    /** Moves to the next record and reads it. False at the end, or where the file cannot be read on. */
    boolean next();

    /** What became of the record. */
    Reading reading();

    /** The line at which it starts, from 1. */
    long line();

    /** Bytes before it, after decompression; {@link FileRecord#NO_OFFSET} when not known. */
    long offset();

    /** The record as it stands in the file, cut when very long. */
    String raw();

    /** How {@link #raw} is to be read: that of the file, unless its records differ. */
    default Form form(Form ofFile) {
        return ofFile;
    }

    /** The names of the places that the record has, for people who look for the right one. */
    List<String> names();

    /** The places that the mapping names and no record so far had. Where a header lists them, none: it was looked at first. */
    default List<String> unmet() {
        return List.of();
    }

    /** In how many records so far an identifier was a word that names nobody, by the identifier. */
    default SortedMap<String, Long> placeholders() {
        return new TreeMap<>();
    }

    /** Why the file could not be read to its end, once {@link #next} has returned false. */
    Optional<WrongFile> failure();

    @Override
    void close() throws IOException;
}
