package dev.forestall.run;

import dev.forestall.connectors.files.FileMappings;
import dev.forestall.connectors.files.FileOptions;
import dev.forestall.connectors.files.FileRecord;
import dev.forestall.connectors.files.FileSource;
import dev.forestall.connectors.files.Progress.Phase;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.Host;
import dev.forestall.embedded.HostOptions;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.Logged;
import dev.forestall.pack.Pack;
import dev.forestall.pack.model.Models;
import dev.forestall.views.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;

/** Puts the events of a file through a host. Open until it is closed, so that one can look at what came of it. */
public final class Replay implements AutoCloseable {

    private final DataFolder folder;
    private final Request request;
    private final FileMapping mapping;
    private final TrackingPlan plan;
    private final List<SourceFile> parts;
    private final EmbeddedHost host;
    /** Events of the file that an earlier run had taken already, though they are taken again. */
    private final long again;

    /** The part that is read, or was last. */
    private volatile FileSource source;

    private SourceFile opened;
    private final SequencedSet<String> remarks = new LinkedHashSet<>();

    private long fresh;
    /** Whether all records are with the host, which may still be at work on the last of them. */
    private volatile boolean isRead;

    /**
     * What to do.
     *
     * @param log the file
     * @param pack where the pack is
     * @param mapping of the pack to read it by; empty for the one that is meant for such a file
     * @param partitions how many share the work
     * @param resume whether to go on with what is there, instead of starting anew
     * @param asOf the instant up to which events are read and time passes; empty for all there is
     */
    public record Request(
            Path log, Path pack, Optional<String> mapping, int partitions, boolean resume, OptionalLong asOf) {}

    private Replay(
            DataFolder folder,
            Request request,
            FileMapping mapping,
            TrackingPlan plan,
            List<SourceFile> parts,
            SourceFile opened,
            FileSource source,
            EmbeddedHost host,
            long again) {
        this.folder = folder;
        this.request = request;
        this.mapping = mapping;
        this.plan = plan;
        this.parts = parts;
        this.opened = opened;
        this.source = source;
        this.host = host;
        this.again = again;
    }

    /**
     * Looks whether the file can be read, and only then begins: anew, or where the data directory stands.
     *
     * @throws dev.forestall.connectors.files.WrongFile when the file cannot be read; nothing has changed then
     */
    public static Replay open(DataFolder folder, Pack pack, Request request) throws IOException {
        RunRecord earlier = request.resume && folder.hasRecord()
                ? folder.record().withPack(request.pack.toAbsolutePath().normalize())
                : RunRecord.begun(request.pack.toAbsolutePath().normalize());
        Optional<RunRecord.Stopped> stopped = request.resume ? beginsAgain(folder, request, earlier) : Optional.empty();
        FileMapping mapping = mapping(request, pack.files());
        TrackingPlan plan = pack.definition().plan();
        // Whether it can be read at all comes first: what a file holds is of interest only then.
        FileSource.open(request.log, mapping, plan, FileOptions.upTo(earlier.latest()))
                .close();
        List<SourceFile> parts = stopped.isPresent()
                ? List.of(SourceFile.of(request.log, name(request.log), mapping.name()))
                : new Parts(earlier, request.log, mapping.name()).all();
        SourceFile first =
                parts.stream().filter(each -> !each.isRead()).findFirst().orElse(parts.getLast());
        FileSource source = open(request, mapping, plan, earlier, first);
        try {
            if (!request.resume || stopped.isPresent() || folder.isHalfCleared()) {
                folder.clear();
            }
            EmbeddedHost host = folder.open(
                    pack.definition(),
                    Models.of(request.pack),
                    HostOptions.defaults().withPartitions(request.partitions));
            folder.keepDefinition(pack.definition(), request.pack);
            RunRecord record = earlier.goingOn();
            for (SourceFile part : parts) {
                record = record.with(part);
            }
            folder.keep(record);
            return new Replay(
                    folder,
                    request,
                    mapping,
                    plan,
                    parts,
                    first,
                    source,
                    host,
                    stopped.map(RunRecord.Stopped::events).orElse(0L));
        } catch (IOException | RuntimeException failed) {
            source.close();
            throw failed;
        }
    }

    /**
     * Where a run stopped that has to be read from its beginning to go on as if it had not: time has passed for everyone at the instant
     * where it stopped, and that stands in its log. Only where the file is all that is in the log; what was repaired by hand stays.
     */
    private static Optional<RunRecord.Stopped> beginsAgain(DataFolder folder, Request request, RunRecord earlier)
            throws IOException {
        boolean isAllThereIs =
                earlier.sources().stream().allMatch(each -> each.path().equals(SourceFile.normal(request.log)))
                        && !folder.hasReplayed(name(request.log));
        return isAllThereIs ? earlier.stopped() : Optional.empty();
    }

    private static FileSource open(
            Request request, FileMapping mapping, TrackingPlan plan, RunRecord record, SourceFile part) {
        return FileSource.open(
                request.log,
                part.name(),
                mapping,
                plan,
                FileOptions.upTo(record.latest()).withStretch(part.stretch()));
    }

    private static String name(Path log) {
        return String.valueOf(log.getFileName());
    }

    /** The mapping that is asked for, else the one that is meant for such a file. */
    public static FileMapping mapping(Path log, Optional<String> name, List<FileMapping> mappings) {
        if (name.isEmpty()) {
            return FileMappings.forFile(log, mappings);
        }
        return mappings.stream()
                .filter(each -> each.name().equals(name.get()))
                .findFirst()
                .orElseThrow(
                        () -> RunError.NO_MAPPING.because("the pack has no file mapping '" + name.get() + "'; it has "
                                + mappings.stream().map(FileMapping::name).toList()));
    }

    private static FileMapping mapping(Request request, List<FileMapping> mappings) {
        return mapping(request.log, request.mapping, mappings);
    }

    /** Reads all there is, up to the instant of the request. What was read before a crash is read again and known. */
    public void read(Progress progress) throws IOException {
        try (Watch watching = Watch.every100Millis(() -> tell(progress))) {
            boolean isWhole = true;
            for (SourceFile part : parts) {
                if (!part.isRead()) {
                    isWhole &= read(part);
                }
            }
            isRead = true;
            if (request.asOf.isPresent()) {
                host.host().accept(new Logged.Ticked(request.asOf.getAsLong() + 1));
                host.host().commit();
                folder.noteStop(new RunRecord.Stopped(
                        Instant.ofEpochMilli(request.asOf.getAsLong()),
                        host.host().accepted().events()));
            } else {
                host.host().finish();
            }
            if (isWhole) {
                RunRecord record = folder.record();
                for (SourceFile part : parts) {
                    record = record.with(part.read());
                }
                folder.keep(record);
            }
        }
    }

    /** Whether the part was read to its end. */
    private boolean read(SourceFile part) throws IOException {
        if (!part.equals(opened)) {
            source.close();
            source = open(request, mapping, plan, folder.record(), part);
            opened = part;
        }
        try (RejectedWriter rejected = RejectedWriter.of(folder, part.name())) {
            Optional<FileRecord> next = source.next();
            while (next.isPresent() && !isBeyond(next.get())) {
                take(next.get(), rejected);
                next = source.next();
            }
            if (next.isEmpty()) {
                remarks.addAll(source.remarks());
            }
            return next.isEmpty();
        }
    }

    private boolean isBeyond(FileRecord record) {
        return request.asOf.isPresent()
                && record instanceof FileRecord.Arrived arrived
                && arrived.event().atMillis() > request.asOf.getAsLong();
    }

    private void take(FileRecord record, RejectedWriter rejected) throws IOException {
        boolean isNew = host.host().accept(record.logged());
        switch (record) {
            case FileRecord.Arrived arrived -> fresh += isNew ? 1 : 0;
            case FileRecord.Rejection rejection -> rejected.write(rejection, isNew);
        }
    }

    private void tell(Progress progress) {
        var at = source.progress();
        String name = name(request.log);
        if (isRead) {
            progress.at("Working in the rest of " + name, Double.NaN, millis -> Units.count(at.done()) + " events");
        } else if (at.phase() == Phase.READING) {
            progress.at("Reading " + name, at.share(), millis -> Units.bytes(at.done()));
        } else {
            progress.at(
                    "Replaying " + name,
                    at.share(),
                    millis -> Units.count(at.done()) + " events  " + Units.rate(at.done(), millis, "events"));
        }
    }

    public Host host() {
        return host.host();
    }

    /** How many events were new in this run. */
    public long fresh() {
        return Math.max(0, fresh - again);
    }

    /** What people should look at in the file, though it could be read: a place of the mapping that no record has. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** The name of the file that is read. */
    public String source() {
        return name(request.log);
    }

    @Override
    public void close() {
        try (FileSource open = source) {
            host.close();
        }
    }
}
