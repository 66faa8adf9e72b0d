package dev.forestall.connectors.files;

import dev.forestall.connectors.ConnectorError;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;

/** Explains why a file could not be read to its end. */
final class BrokenOff {

    private BrokenOff() {}

    static WrongFile of(String file, IOException cause, long line) {
        return new WrongFile(
                ConnectorError.BROKEN_OFF,
                file + " could not be read on at line " + line + ": " + reason(cause)
                        + " What stands before was read, and counts.",
                cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof EOFException) {
            return "the compressed data ends in the middle. Was it copied completely? Compare its size with the original's.";
        }
        if (cause instanceof ZipException) {
            return "the compressed data is damaged (" + cause.getMessage() + "). Copy it again from the original.";
        }
        return cause.getMessage() + ". Once that is repaired, read it again.";
    }
}
