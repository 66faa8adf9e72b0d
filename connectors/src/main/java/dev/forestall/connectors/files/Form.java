package dev.forestall.connectors.files;

import dev.forestall.loop.host.FileMapping.Format;
import java.util.Locale;
import java.util.Optional;

/**
 * How the text of a single record is to be read.
 *
 * @param format {@code csv}, {@code json_lines} or {@code xes}; empty when it was in none of them
 * @param header of a CSV file, as it stands there; else empty
 */
public record Form(String format, String header) {

    /** Of text that is in no known format. */
    public static final Form NONE = new Form("", "");

    static Form of(Format format, String header) {
        return new Form(format.name().toLowerCase(Locale.ROOT), header);
    }

    Optional<Format> known() {
        for (Format known : Format.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(format)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
