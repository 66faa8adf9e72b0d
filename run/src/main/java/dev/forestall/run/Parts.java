package dev.forestall.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is to be read of a file when a run goes on. A file is known by what it holds: the same bytes are the same records, whatever the file is
 * called and wherever it lies; what was added to its end is read as a part of its own; and when what was read is not its beginning any
 * more, it is another file, which nobody may take for that one.
 */
final class Parts {

    private static final int LINE_FEED = '\n';
    private static final int CARRIAGE_RETURN = '\r';

    private final RunRecord earlier;
    private final Path file;
    private final String mapping;

    /**
     * @param earlier what was read before
     * @param file to be read now
     * @param mapping by which it is read
     */
    Parts(RunRecord earlier, Path file, String mapping) {
        this.earlier = earlier;
        this.file = SourceFile.normal(file);
        this.mapping = mapping;
    }

    /**
     * All parts of the file, in their order; those that were read to their end say so.
     *
     * @throws RunException when it is not the file any more that was read under its path
     */
    List<SourceFile> all() throws IOException {
        for (Map.Entry<Path, List<SourceFile>> known : byPath().entrySet()) {
            if (!known.getKey().equals(file) && holds(known.getValue())) {
                return goOn(known.getValue());
            }
        }
        List<SourceFile> here = byPath().getOrDefault(file, List.of());
        if (here.isEmpty()) {
            return List.of(SourceFile.of(file, freeName(), mapping));
        }
        requireBeginning(here);
        return goOn(here);
    }

    /** What was read of each file, without what was repaired and read again. */
    private Map<Path, List<SourceFile>> byPath() {
        return earlier.sources().stream()
                .filter(each -> !each.isRepaired())
                .collect(Collectors.groupingBy(SourceFile::path, LinkedHashMap::new, Collectors.toList()));
    }

    /** Whether the file begins with all that was read of another one, which is then the same. */
    private boolean holds(List<SourceFile> parts) throws IOException {
        Fingerprint read = parts.getLast().content();
        return read.length() > 0
                && Files.size(file) >= read.length()
                && Fingerprint.of(file, read.length()).equals(read);
    }

    private void requireBeginning(List<SourceFile> parts) throws IOException {
        Fingerprint read = parts.getLast().content();
        Fingerprint now = Fingerprint.of(file, read.length());
        if (now.length() < read.length()) {
            throw RunError.OTHER_FILE.because(file + " has " + now.length() + " bytes, and " + read.length()
                    + " were read of it before: it was cut off or replaced. " + whatToDo());
        }
        OptionalLong difference = read.firstDifference(now);
        if (difference.isPresent()) {
            throw RunError.OTHER_FILE.because(file + " is not the file that was read before: it differs from byte "
                    + difference.getAsLong() + " on, within " + Fingerprint.BLOCK
                    + " bytes. It was rewritten, rotated or exchanged. " + whatToDo());
        }
    }

    private static String whatToDo() {
        return "If it holds other records, give it another name and read it with --resume; if the same anew, read it into a new"
                + " data directory. Nothing was read";
    }

    private List<SourceFile> goOn(List<SourceFile> parts) throws IOException {
        List<SourceFile> all = new ArrayList<>();
        for (SourceFile part : parts) {
            all.add(part.lyingAt(file));
        }
        long read = parts.getLast().to();
        if (Files.size(file) > read) {
            requireWholeRecords(read);
            all.add(SourceFile.part(file, freeName(), mapping, read));
        }
        return all;
    }

    /** Where the reading ended in the middle of a record, that one was taken for another than it has become. */
    private void requireWholeRecords(long read) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (isGzip(in.readNBytes(2))) {
                throw RunError.OTHER_FILE.because(file + " has grown from " + read + " bytes to " + Files.size(file)
                        + ", and what is compressed cannot be read on from its middle. Put what is new into a file of its own,"
                        + " and read that with --resume. Nothing was read");
            }
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.max(0, read - 1));
            int last = read == 0 ? LINE_FEED : in.read();
            int next = in.read();
            boolean isBetweenLines =
                    last == LINE_FEED || last == CARRIAGE_RETURN || next == LINE_FEED || next == CARRIAGE_RETURN;
            if (!isBetweenLines) {
                throw RunError.OTHER_FILE.because(
                        file + " was read before its last line was complete, at byte " + read
                                + "; it has become another one since. Read the file into a new data directory. Nothing was read");
            }
        }
        if (isXes()) {
            throw RunError.OTHER_FILE.because(
                    file + " has grown, and an XES log ends with its last tag: what follows is no part"
                            + " of it. Put what is new into a log of its own, and read that with --resume. Nothing was read");
        }
    }

    private boolean isXes() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(64);
            for (byte each : head) {
                if (each == '<') {
                    return true;
                }
                if (each > ' ') {
                    return false;
                }
            }
            return false;
        }
    }

    private static boolean isGzip(byte[] head) {
        return head.length == 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
    }

    /** The file's name, as long as nothing else is called so. Differences in capitals do not count: some disks know none. */
    private String freeName() {
        Set<String> taken = new TreeSet<>();
        earlier.sources().forEach(each -> taken.add(each.name().toLowerCase(Locale.ROOT)));
        String base = String.valueOf(file.getFileName());
        String name = base;
        for (int i = 2; taken.contains(name.toLowerCase(Locale.ROOT)); i++) {
            name = base + "~" + i;
        }
        return name;
    }
}
