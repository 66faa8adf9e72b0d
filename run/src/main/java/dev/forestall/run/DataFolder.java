package dev.forestall.run;

import dev.forestall.embedded.Backup;
import dev.forestall.embedded.DataDirectory;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.HostOptions;
import dev.forestall.loop.Definition;
import dev.forestall.loop.host.ExternalModel;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.pack.Packs;
import dev.forestall.pack.model.Models;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data directory of runs: that of the embedded host, and beside its files
 *
 * <pre>
 *   run.json     what the data was made of
 *   pack/        the pack as it was then
 *   definitions/ by hash, every pack that has been in force, with its baselines and models
 *   packs/       by what they hold, packs that were handed in, to be deployed or rolled back to
 *   set-aside/   what could not be used, per file; in replayed/ what was repaired
 *   demo/        the log of the demo, when it was that
 * </pre>
 */
public final class DataFolder {

    /** Where runs are kept unless somebody says otherwise. */
    public static final String USUAL = "forestall-data";

    static final String REJECTED_ENDING = ".jsonl";

    private static final String FORMAT = "FORMAT";
    private static final String RECORD = "run.json";
    private static final String PACK = "pack";
    private static final String DEFINITIONS = "definitions";
    private static final String PACKS = "packs";
    /** Says that what is here is being thrown away. */
    private static final String CLEARING = "CLEARING";
    /**
     * All that a run leaves behind, in the order in which it is thrown away; the lock stays. Without the format the directory would not
     * be known as ours, so that goes last.
     */
    private static final List<String> CONTENT = List.of(
            RECORD, "demo", "rejected", PACK, PACKS, DEFINITIONS, "state", "log", "keys", "ERASED", CLEARING, FORMAT);

    private final Path path;

    public DataFolder(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** Where the log of the demo is written. */
    public Path demo() {
        return path.resolve("demo");
    }

    /** What could not be used of a file. */
    Path rejected(String source) {
        return rejected().resolve(source + REJECTED_ENDING);
    }

    /** What was rejected, repaired, and read again. */
    Path replayed() {
        return rejected().resolve("replayed");
    }

    /** Whether something of what was rejected of a file has been read again. */
    boolean hasReplayed(String source) throws IOException {
        if (!Files.isDirectory(replayed())) {
            return false;
        }
        try (Stream<Path> files = Files.list(replayed())) {
            return files.anyMatch(file -> String.valueOf(file.getFileName()).startsWith(source + "#"));
        }
    }

    /**
     * Removes from the files of rejected input every line that holds one of some words.
     *
     * @return how many
     */
    public long forget(Collection<String> words) throws IOException {
        if (!Files.isDirectory(rejected())) {
            return 0;
        }
        long removed = 0;
        List<Path> files;
        try (Stream<Path> all = Files.walk(rejected())) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            List<String> kept = lines.stream()
                    .filter(line -> words.stream().noneMatch(line::contains))
                    .toList();
            if (kept.size() < lines.size()) {
                Files.write(file, kept);
                removed += lines.size() - kept.size();
            }
        }
        return removed;
    }

    Path rejected() {
        return path.resolve("rejected");
    }

    /** Whether a host has ever kept data here. */
    public boolean isUsed() {
        return Files.exists(path.resolve(FORMAT));
    }

    boolean hasRecord() {
        return Files.exists(path.resolve(RECORD));
    }

    RunRecord record() throws IOException {
        if (!hasRecord()) {
            throw RunError.NO_RUN.because("there is no run in " + path.toAbsolutePath()
                    + ". Name the directory with --data, or replay a log first: forestall replay LOG --pack PACK");
        }
        return RunRecord.read(path.resolve(RECORD));
    }

    /** Refuses to go on when no run has left anything here. */
    public void requireRun() throws IOException {
        record();
    }

    /** The names of the files that were read, in words. */
    public String sources() throws IOException {
        return record().sources().stream().map(SourceFile::name).collect(Collectors.joining(", "));
    }

    /** Notes that another pack is in force. */
    public void changePack(Path pack) throws IOException {
        keep(record().withPack(pack.toAbsolutePath().normalize()));
    }

    /** Notes that a run stopped before the end of its log. */
    void noteStop(RunRecord.Stopped where) throws IOException {
        record().stopped(where).write(path.resolve(RECORD));
    }

    /**
     * Notes that something will stand in the log that is in no file, because somebody said it here: the run can no longer begin again from
     * its files.
     */
    public void noteByHand() throws IOException {
        record().goingOn().write(path.resolve(RECORD));
    }

    /** Notes what the data is made of, and keeps a copy of the pack: it may be edited later. */
    void keep(RunRecord record) throws IOException {
        if (!record.pack().equals(copy())) {
            copyPack(record.pack());
        }
        record.write(path.resolve(RECORD));
    }

    private Path copy() {
        return path.toAbsolutePath().normalize().resolve(PACK);
    }

    private void copyPack(Path from) throws IOException {
        PackFiles.copy(from, path.resolve(PACK));
    }

    /** Keeps a pack under the hash of its definition, for as long as records of the log may name it. */
    public void keepDefinition(Definition definition, Path pack) throws IOException {
        Path kept = path.resolve(DEFINITIONS).resolve(definition.hash());
        if (!Files.exists(kept)) {
            Path next = path.resolve(DEFINITIONS).resolve(definition.hash() + ".next");
            PackFiles.copy(pack, next);
            Files.move(next, kept);
        }
    }

    /** The definition of a hash, if it has ever been in force here. */
    private Optional<Definition> definition(String hash) {
        Path kept = path.resolve(DEFINITIONS).resolve(hash);
        try {
            return Files.exists(kept)
                    ? Optional.of(Packs.compile(PackFiles.in(kept)).definition())
                    : Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (PackException wrong) {
            throw new IllegalStateException(
                    "the pack in " + kept + " was in force and cannot be compiled any more", wrong);
        }
    }

    /** The packs that were handed in. */
    public KeptPacks packs() {
        return new KeptPacks(path.resolve(PACKS));
    }

    /** What the copy is called: a folder or a single file, as the pack was. */
    private Path packCopy() throws IOException {
        return PackFiles.in(path.resolve(PACK));
    }

    /** The pack that the data was made with, as it was then. */
    public Pack pack() throws IOException, PackException {
        record();
        return Packs.compile(packCopy());
    }

    /**
     * Opens what is here, or makes it.
     *
     * @param models of the pack that the definition is of: where the external ones lie that it asks
     */
    public EmbeddedHost open(Definition definition, Models models, HostOptions options) throws IOException {
        return open(definition, models, options, DataDirectory.Options.defaults(Version.TEXT));
    }

    private EmbeddedHost open(Definition definition, Models models, HostOptions options, DataDirectory.Options layout)
            throws IOException {
        ExternalModels external = ExternalModels.of(definition, models);
        try {
            return EmbeddedHost.open(
                    path,
                    layout,
                    definition,
                    options.withExternal(external.byName()).withDefinitions(this::definition));
        } catch (RuntimeException failed) {
            external.close();
            throw failed;
        }
    }

    /**
     * A pack, and the host that runs it.
     *
     * @param pack that of the definition in force
     * @param from where it lies
     */
    public record Served(Pack pack, Path from, EmbeddedHost host) {}

    /**
     * Opens what is here to go on with it live, or makes it. Where other packs were deployed behind the one that is given, the last of them
     * goes on: what is given says what to begin with.
     *
     * @param given the pack to run; null to go on with the one of the last time
     * @throws PackException when the pack has errors
     * @throws dev.forestall.loop.host.StorageException when another definition is in force here, and the given one never was
     * @throws RunException when no pack is given and none was there before
     */
    public Served openToServe(@Nullable Path given, HostOptions options) throws IOException, PackException {
        Pack pack = given == null ? pack() : Packs.compile(given);
        Path from = given == null ? packCopy() : given.toAbsolutePath().normalize();
        // What is said outside is known there by names that tell nothing to whoever is not of the house.
        DataDirectory.Options layout =
                DataDirectory.Options.defaults(Version.TEXT).withOwnNames();
        if (given == null || hasRecord() && wasInForce(pack.definition())) {
            return goOn(pack, from, options, layout);
        }
        EmbeddedHost host = open(pack.definition(), Models.of(from), options, layout);
        try {
            keepDefinition(pack.definition(), from);
            keep(hasRecord() ? record().withPack(from) : RunRecord.begun(from));
            return new Served(pack, from, host);
        } catch (IOException | RuntimeException failed) {
            host.close();
            throw failed;
        }
    }

    private boolean wasInForce(Definition definition) {
        return Files.exists(path.resolve(DEFINITIONS).resolve(definition.hash()));
    }

    /** Whatever is in force stays so: the given one, or one that was deployed behind it. */
    private Served goOn(Pack given, Path from, HostOptions options, DataDirectory.Options layout)
            throws IOException, PackException {
        ExternalModels ofGiven = ExternalModels.of(given.definition(), Models.of(from));
        ExternalModels ofLatest = ExternalModels.of(pack().definition(), models());
        SortedMap<String, ExternalModel> external = new TreeMap<>(ofGiven.byName());
        ofLatest.byName().forEach((name, model) -> {
            if (external.putIfAbsent(name, model) != null) {
                model.close();
            }
        });
        EmbeddedHost host;
        try {
            host = EmbeddedHost.openAsInForce(
                    path,
                    layout,
                    given.definition(),
                    options.withExternal(external).withDefinitions(this::definition));
        } catch (RuntimeException failed) {
            ofGiven.close();
            ofLatest.close();
            throw failed;
        }
        try {
            String inForce = host.host().definition().hash();
            if (inForce.equals(given.definition().hash())) {
                host.host().activate(given.definition());
                keepDefinition(given.definition(), from);
                keep(record().withPack(from));
                return new Served(given, from, host);
            }
            // The copy is the latest that took over, unless the server stopped before it could be made.
            Path latest = pack().definition().hash().equals(inForce)
                    ? packCopy()
                    : PackFiles.in(path.resolve(DEFINITIONS).resolve(inForce));
            return new Served(Packs.compile(latest), latest, host);
        } catch (IOException | PackException | RuntimeException failed) {
            host.close();
            throw failed;
        }
    }

    /**
     * Opens what is here under whatever definition is in force, to let another one take over.
     *
     * @param next the definition that is to take over, whose external models are asked from then on
     */
    public EmbeddedHost openToDeploy(Pack pack, Definition next, Models models) throws IOException {
        ExternalModels external = ExternalModels.of(pack.definition(), models());
        ExternalModels further = ExternalModels.of(next, models);
        try {
            SortedMap<String, ExternalModel> all = new TreeMap<>(external.byName());
            all.putAll(further.byName());
            return EmbeddedHost.openAsInForce(
                    path,
                    Version.TEXT,
                    pack.definition(),
                    HostOptions.defaults().withExternal(all).withDefinitions(this::definition));
        } catch (RuntimeException failed) {
            external.close();
            further.close();
            throw failed;
        }
    }

    /** Opens what a run has left here, to look at it. */
    public EmbeddedHost open(Pack pack) throws IOException {
        record();
        return open(pack.definition(), models(), HostOptions.defaults());
    }

    /**
     * Copies what is here, but for what is not sealed: the files of rejected records, and the log of the demo. Nobody may be using it.
     *
     * @param into must be missing or empty
     * @param keys a file for the keys, not within the copy
     */
    public void backup(Path into, Path keys) throws IOException {
        record();
        Backup.write(path, into, keys, DataDirectory.Options.defaults(Version.TEXT));
        copyRun(path, into);
    }

    /**
     * Makes of a backup what was there. Nothing may be here yet. Whoever was erased since is erased again when it is opened.
     *
     * @param keys of the same time as the backup, or later
     * @param erased lists of those erased, as late as they can be had
     */
    public void restore(Path backup, Path keys, List<Path> erased) throws IOException {
        new DataFolder(backup).record();
        Backup.restore(backup, keys, erased, path, DataDirectory.Options.defaults(Version.TEXT));
        copyRun(backup, path);
    }

    /** The record last: without it there is no run. */
    private static void copyRun(Path from, Path to) throws IOException {
        for (String each : List.of(DEFINITIONS, PACKS, PACK, RECORD)) {
            Path source = from.resolve(each);
            if (!Files.exists(source)) {
                continue;
            }
            try (Stream<Path> all = Files.walk(source)) {
                for (Path file : (Iterable<Path>) all::iterator) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
            }
        }
    }

    /** The models of the pack as it was then. */
    public Models models() throws IOException {
        return Models.of(packCopy());
    }

    /**
     * Forgets what an earlier run left here. Anything else stays: data that no run of ours has made is worth asking about. What a crash
     * leaves of it is no run any more: the next replay throws away the rest.
     *
     * @throws dev.forestall.loop.host.StorageException when the directory is in use, or holds something else
     */
    public void clear() throws IOException {
        if (!isUsed()) {
            return;
        }
        if (!isHalfCleared()) {
            requireNothingElse();
            requireOurs();
        }
        // From here until all is gone nobody else may begin to use it.
        try (DataDirectory.Lock held = DataDirectory.lock(path)) {
            requireNothingElse();
            if (!isHalfCleared()) {
                Files.createFile(path.resolve(CLEARING));
            }
            for (String name : CONTENT) {
                delete(path.resolve(name));
            }
        }
    }

    /** What somebody has put here is not ours to throw away, and may be why they care for the rest. */
    private void requireNothingElse() throws IOException {
        try (Stream<Path> names = Files.list(path)) {
            Optional<String> other = names.map(file -> file.getFileName().toString())
                    .filter(name -> !CONTENT.contains(name) && !DataDirectory.isOwn(name))
                    .sorted()
                    .findFirst();
            if (other.isPresent()) {
                throw RunError.OTHER_DATA.because("in " + path.toAbsolutePath() + " stands '" + other.get()
                        + "', which no run has made, so nothing of what is there is thrown away. Move it away, name another directory with --data,"
                        + " or go on with what is there: --resume");
            }
        }
    }

    /** Whether throwing away what was here was begun and did not come to its end. */
    boolean isHalfCleared() {
        return Files.exists(path.resolve(CLEARING));
    }

    private void requireOurs() {
        boolean isEmpty;
        try (DataDirectory open = DataDirectory.open(path, DataDirectory.Options.defaults(Version.TEXT))) {
            isEmpty = open.log().end() == 0;
        }
        if (!isEmpty && !hasRecord()) {
            throw RunError.OTHER_DATA.because("the data in " + path.toAbsolutePath()
                    + " was not made by a replay, so it is not thrown away. Name another directory with --data,"
                    + " or go on with what is there: --resume");
        }
    }

    static void delete(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (Stream<Path> below = Files.walk(file)) {
            for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
