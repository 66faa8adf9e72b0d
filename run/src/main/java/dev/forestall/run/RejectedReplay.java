package dev.forestall.run;

import dev.forestall.connectors.files.FileOptions;
import dev.forestall.connectors.files.FileRecord;
import dev.forestall.connectors.files.FileSource;
import dev.forestall.connectors.files.RejectedFile;
import dev.forestall.embedded.Host;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.pack.Pack;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Reads repaired records again. Those that can be used now go through the loop like events that arrive late; the others stay in the
 * file. What was read is kept aside under its content's name: after a crash nothing counts twice, and threads still find the lines.
 */
public final class RejectedReplay {

    private static final int NAME_DIGITS = 12;

    private final DataFolder folder;
    private final Pack pack;
    private final Host host;

    public RejectedReplay(DataFolder folder, Pack pack, Host host) {
        this.folder = folder;
        this.pack = pack;
        this.host = host;
    }

    /**
     * What became of one file.
     *
     * @param file that was read
     * @param used records that went through the loop
     * @param left records that still cannot be used and stay in the file
     */
    public record Result(Path file, long used, long left) {}

    /**
     * Reads one file again.
     *
     * @throws dev.forestall.connectors.files.WrongFile when it is no file of records that were rejected
     */
    public Result replay(Path file) throws IOException {
        RunRecord record = folder.record();
        String original = original(file);
        FileMapping mapping =
                Replay.mapping(Path.of(original), record.source(original).map(SourceFile::mapping), pack.files());
        String source = original + SourceFile.REPAIRED + Content.sha256(file).substring(0, NAME_DIGITS);
        Path kept = keep(file, source);
        folder.keep(record.with(SourceFile.of(kept, source, mapping.name()).read()));
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        long used = 0;
        long left = 0;
        try (FileSource records = FileSource.openRejected(
                        kept, mapping, pack.definition().plan(), FileOptions.upTo(record.latest()));
                RejectedFile out = RejectedFile.create(unfinished);
                BufferedReader lines = Files.newBufferedReader(kept)) {
            long line = 0;
            for (Optional<FileRecord> next = records.next(); next.isPresent(); next = records.next()) {
                switch (next.get()) {
                    case FileRecord.Arrived arrived -> {
                        Origin origin = new Origin(
                                source,
                                arrived.origin().ordinal(),
                                arrived.origin().line());
                        used += host.accept(new Logged.Arrived(origin, arrived.event())) ? 1 : 0;
                    }
                    case FileRecord.Rejection rejection -> {
                        // These come in the order of the file, so its lines are read beside them once.
                        String text = "";
                        for (; line < rejection.origin().line(); line++) {
                            text = String.valueOf(lines.readLine());
                        }
                        out.write(
                                origin(text, rejection.origin()),
                                rejection.rejected(),
                                rejection.raw(),
                                rejection.form());
                        left++;
                    }
                }
            }
        }
        host.finish();
        replace(file, unfinished, left);
        return new Result(file, used, left);
    }

    /** The name of the file in which the records first stood. */
    private static String original(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(DataFolder.REJECTED_ENDING)
                ? name.substring(0, name.length() - DataFolder.REJECTED_ENDING.length())
                : name;
    }

    private Path keep(Path file, String source) throws IOException {
        Path kept = folder.replayed().resolve(source + DataFolder.REJECTED_ENDING);
        Files.createDirectories(folder.replayed());
        return Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Where the record first stood, as its line says. */
    private static Origin origin(String text, Origin here) {
        RejectedFiles.Entry entry = RejectedFiles.entry(text);
        return entry.source().isEmpty() ? here : new Origin(entry.source(), Origin.NONE, Math.max(0, entry.line()));
    }

    private static void replace(Path file, Path by, long left) throws IOException {
        if (left == 0) {
            Files.delete(by);
            Files.deleteIfExists(file);
        } else {
            Files.move(by, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
