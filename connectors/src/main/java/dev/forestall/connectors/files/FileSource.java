package dev.forestall.connectors.files;

import dev.forestall.connectors.ConnectorError;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.FileMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of one file, in the order that its mapping asks for. The same file, mapping and tracking plan always give the same
 * records at the same places, so that after a crash reading goes on at any place. One thread reads; any may ask for progress.
 *
 * <p>In order of time, the file is first read to its end, when the first record is asked for; records without a usable time come
 * first, in the order of the file.
 */
public final class FileSource implements AutoCloseable {

    private final Path file;
    private final FileMapping mapping;
    private final String name;
    private final RecordReader reader;
    private final Form form;
    private final CountedInput counted;
    private final long size;
    private final Delivery delivery;
    private volatile long delivered;

    private FileSource(
            Path file,
            FileMapping mapping,
            String name,
            RecordReader reader,
            Form form,
            CountedInput counted,
            long size,
            Delivery delivery) {
        this.file = file;
        this.mapping = mapping;
        this.name = name;
        this.reader = reader;
        this.form = form;
        this.counted = counted;
        this.size = size;
        this.delivery = delivery;
    }

    /**
     * Opens a file and looks whether it is what the mapping is for. Close it after use.
     *
     * @throws WrongFile when it cannot be read, or is nothing that the mapping is for
     * @throws IllegalArgumentException when the mapping names what the tracking plan does not have
     */
    public static FileSource open(Path file, FileMapping mapping, TrackingPlan plan, FileOptions options) {
        return open(file, String.valueOf(file.getFileName()), mapping, plan, options);
    }

    /**
     * As {@link #open(Path, FileMapping, TrackingPlan, FileOptions)}.
     *
     * @param source what the log calls it: where a record came from
     */
    public static FileSource open(
            Path file, String source, FileMapping mapping, TrackingPlan plan, FileOptions options) {
        Formats formats = new Formats(mapping, plan, options);
        Probe.check(file, formats, mapping);
        Formats.Source opened = formats.open(file);
        return of(file, source, opened.opened(), opened.reader(), opened.form(), mapping, plan, options);
    }

    /**
     * Opens a file of records that were rejected, repaired or not, and reads each as it would have been read in its own file.
     *
     * @throws WrongFile when it cannot be read, or is no such file
     */
    public static FileSource openRejected(Path file, FileMapping mapping, TrackingPlan plan, FileOptions options) {
        Formats formats = new Formats(mapping, plan, options);
        Opened opened = RejectedFile.open(file);
        // A set-aside line holds a record's raw text with escapes, and more.
        Window window = new Window(opened.in(), 4 * options.recordLimit(), opened.mark());
        RecordReader reader = new RejectedRecords(opened.name(), window, formats, 4 * options.recordLimit());
        return of(file, opened.name(), opened, reader, Form.NONE, mapping, plan, options);
    }

    private static FileSource of(
            Path file,
            String source,
            Opened opened,
            RecordReader reader,
            Form form,
            FileMapping mapping,
            TrackingPlan plan,
            FileOptions options) {
        Delivery delivery = switch (mapping.order()) {
            case AS_IS -> new Delivery.AsIs(reader, form, options);
            case BY_TIME -> new Delivery.ByTime(reader, form, plan, options);
        };
        return new FileSource(file, mapping, source, reader, form, opened.counted(), opened.size(), delivery);
    }

    /**
     * The next record, or none at the end.
     *
     * @throws WrongFile when the file could not be read to its end, after all that could be read was delivered
     */
    public Optional<FileRecord> next() {
        FileRecord record = delivery.next(name, delivered);
        if (record == null) {
            reader.failure().ifPresent(failure -> {
                throw failure;
            });
            return Optional.empty();
        }
        delivered = delivered + 1;
        return Optional.of(record);
    }

    /**
     * Goes on with the record at a place, from 0, which must not have been passed yet.
     *
     * @throws WrongFile when the file does not reach so far: it is not the one that was read before
     */
    public void skipTo(long ordinal) {
        if (ordinal < delivered) {
            throw new IllegalArgumentException(
                    "record " + ordinal + " of " + name + " was passed already; the next is " + delivered);
        }
        while (delivered < ordinal) {
            if (!delivery.skip()) {
                throw new WrongFile(
                        ConnectorError.CHANGED,
                        name + " has only " + delivered + " records, and reading was to go on at record " + ordinal
                                + ". It was changed since it was last read: bring the old one back, or read it from the start.");
            }
            delivered = delivered + 1;
        }
    }

    /**
     * What people should look at though the file could be read: places that the mapping reads and no record had, where no header lists what
     * there is; and words that stood in the place of identifiers and name nobody. Worth asking once all was read.
     */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        List<String> unmet = reader.unmet();
        if (!unmet.isEmpty()) {
            Beginning beginning = Beginning.of(file);
            unmet.forEach(place -> remarks.add("no record of " + name + " has '" + place + "', which the mapping '"
                    + mapping.name() + "' reads" + beginning.nearest(place, mapping.delimiter())));
        }
        reader.placeholders()
                .forEach((identifier, count) -> remarks.add("in " + count + (count == 1 ? " record" : " records")
                        + " of "
                        + name + " a word that names nobody, such as null, undefined or 0, stands for " + identifier
                        + "; it was taken for none"));
        return remarks;
    }

    /** How far reading or delivering is. May be asked by any thread. */
    public Progress progress() {
        return delivery.prepared()
                .map(total -> new Progress(Progress.Phase.DELIVERING, delivered, total))
                .orElseGet(() -> new Progress(Progress.Phase.READING, counted.count(), size));
    }

    /** How many records were read so far that the mapping leaves out on purpose. */
    public long ignored() {
        return delivery.ignored();
    }

    /** How the texts of rejected records are to be read; {@link Form#NONE} for a file of records rejected, which differ. */
    public Form form() {
        return form;
    }

    @Override
    public void close() {
        try (delivery) {
            reader.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
