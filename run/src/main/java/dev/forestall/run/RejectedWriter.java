package dev.forestall.run;

import dev.forestall.connectors.files.FileRecord;
import dev.forestall.connectors.files.RejectedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is rejected of one file; where there is nothing, no file stays. All of it is written anew each time, also what was known
 * before, so that the file is complete after any crash; unless somebody has begun to repair it: then only what is new is added.
 */
final class RejectedWriter implements AutoCloseable {

    private final Path file;
    private final Path unfinished;
    private final boolean addsOnly;
    private @Nullable RejectedFile out;

    private RejectedWriter(Path file, boolean addsOnly) {
        this.file = file;
        this.unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        this.addsOnly = addsOnly;
    }

    static RejectedWriter of(DataFolder folder, String source) throws IOException {
        Files.createDirectories(folder.rejected());
        return new RejectedWriter(folder.rejected(source), folder.hasReplayed(source));
    }

    /** @param isNew whether it was not known before */
    void write(FileRecord.Rejection rejection, boolean isNew) throws IOException {
        if (addsOnly && !isNew) {
            return;
        }
        if (out == null) {
            out = addsOnly ? RejectedFile.append(file) : RejectedFile.create(unfinished);
        }
        out.write(rejection);
    }

    /** A file written anew takes its place. */
    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
        if (!addsOnly) {
            if (out == null) {
                Files.deleteIfExists(file);
            } else {
                Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
