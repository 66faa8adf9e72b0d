package dev.forestall.connectors.files;

import dev.forestall.connectors.ConnectorError;
import java.util.List;

/** Knows files of other kinds by their first bytes, to say at once what they are rather than rejected each of their lines. */
final class OtherFormats {

    private record Kind(String name, String advice, int... start) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "a zip archive or an Excel workbook",
                    "unpack it, or save the sheet as CSV (UTF-8)",
                    'P',
                    'K',
                    3,
                    4),
            new Kind("an old Excel workbook", "save the sheet as CSV (UTF-8)", 0xd0, 0xcf, 0x11, 0xe0),
            new Kind("Parquet", "export it as CSV or JSON Lines", 'P', 'A', 'R', '1'),
            new Kind("compressed with bzip2", "unpack it with bunzip2; gzip alone is read as it is", 'B', 'Z', 'h'),
            new Kind(
                    "compressed with xz", "unpack it with unxz; gzip alone is read as it is", 0xfd, '7', 'z', 'X', 'Z'),
            new Kind(
                    "compressed with zstd",
                    "unpack it with unzstd; gzip alone is read as it is",
                    0x28,
                    0xb5,
                    0x2f,
                    0xfd),
            new Kind("a PDF document", "ask for the data behind it", '%', 'P', 'D', 'F'),
            new Kind("compressed with gzip twice", "unpack it once with gunzip", 0x1f, 0x8b));

    private OtherFormats() {}

    /** @throws WrongFile because only XML may be in another encoding than UTF-8 */
    static WrongFile otherEncoding(String file, String encoding) {
        return new WrongFile(
                ConnectorError.UNKNOWN_FORMAT,
                file + " is text in " + encoding
                        + "; expected CSV or JSON Lines in UTF-8, or XES. To use it, convert it: iconv -f " + encoding
                        + " -t UTF-8.");
    }

    /** @throws WrongFile when the beginning of the file is not text in UTF-8 or a relative of it */
    static void refuse(String file, byte[] head) {
        for (Kind kind : KINDS) {
            if (Opened.startsWith(head, kind.start)) {
                throw new WrongFile(
                        ConnectorError.UNKNOWN_FORMAT,
                        file + " is " + kind.name + "; expected CSV, JSON Lines or XES. To use it, " + kind.advice
                                + ".");
            }
        }
        for (byte one : head) {
            if (one == 0) {
                throw new WrongFile(
                        ConnectorError.UNKNOWN_FORMAT,
                        file + " is no text: it holds bytes of value 0; expected CSV, JSON Lines or XES.");
            }
        }
    }
}
