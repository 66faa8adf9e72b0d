package dev.forestall.run.draft;

import dev.forestall.connectors.files.Times;
import java.util.List;
import java.util.Optional;

/**
 * What somebody knows of a file better than a guess does.
 *
 * @param name of the pack; that of the file when it is not given
 * @param id the column that says whom an event is about
 * @param time the column that says when it happened
 * @param timeFormat how that is written
 * @param event the columns that say what happened; guessed when there are none
 * @param delimiter between the columns of CSV
 * @param currency of amounts of money
 * @param records at most so many are looked at, from the beginning of the file
 */
public record DraftOptions(
        Optional<String> name,
        Optional<String> id,
        Optional<String> time,
        Optional<String> timeFormat,
        List<String> event,
        Optional<Character> delimiter,
        String currency,
        long records) {

    /** So many records are looked at unless somebody says otherwise. */
    public static final long USUAL_RECORDS = 1_000_000;

    public DraftOptions {
        event = List.copyOf(event);
        if (records < 1) {
            throw new IllegalArgumentException("records is " + records + "; expected at least 1");
        }
    }

    /** Everything is guessed. */
    public static DraftOptions none() {
        return new DraftOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "EUR",
                USUAL_RECORDS);
    }

    /** Whether a text says how times are written, as packs do. */
    public static boolean isTimeFormat(String format) {
        try {
            return !format.isBlank() && TimeFormats.of(format) != null && Times.of(TimeFormats.of(format)) != null;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }
}
