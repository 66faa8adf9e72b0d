package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Erased;
import dev.forestall.loop.host.ExternalModel;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.StorageException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;

/** A {@link Host} over one data directory: open and locked until it is closed. */
public final class EmbeddedHost implements AutoCloseable {

    private final DataDirectory directory;
    private final Host host;
    private final HostOptions options;

    private EmbeddedHost(DataDirectory directory, Host host, HostOptions options) {
        this.directory = directory;
        this.host = host;
        this.options = options;
    }

    /**
     * Opens a data directory, or makes one of an empty or missing directory, and works in what a crash left undone.
     *
     * @param version of Forestall that opens it
     * @param options with the external models that the definition asks; they are closed with the host
     * @throws StorageException when the directory cannot be used: in use, damaged, of a newer version, or under another definition
     */
    public static EmbeddedHost open(Path path, String version, Definition definition, HostOptions options) {
        return open(path, DataDirectory.Options.defaults(version), definition, options);
    }

    /**
     * As {@link #open(Path, String, Definition, HostOptions)}.
     *
     * @param layout of the directory, if it is new; for one that acts on the world, {@link DataDirectory.Options#withOwnNames}
     */
    public static EmbeddedHost open(
            Path path, DataDirectory.Options layout, Definition definition, HostOptions options) {
        return open(
                path,
                layout,
                options,
                (directory, named) -> new Host(definition, directory.log(), directory.state(), named));
    }

    /**
     * As {@link #open}, with whatever definition is in force in the directory.
     *
     * @param options with definitions among which that one is found
     */
    public static EmbeddedHost openAsInForce(Path path, String version, Definition first, HostOptions options) {
        return openAsInForce(path, DataDirectory.Options.defaults(version), first, options);
    }

    /**
     * As {@link #openAsInForce(Path, String, Definition, HostOptions)}.
     *
     * @param layout of the directory, if it is new; for one that acts on the world, {@link DataDirectory.Options#withOwnNames}
     */
    public static EmbeddedHost openAsInForce(
            Path path, DataDirectory.Options layout, Definition first, HostOptions options) {
        return open(
                path,
                layout,
                options,
                (directory, named) -> Host.asInForce(first, directory.log(), directory.state(), named));
    }

    private static EmbeddedHost open(
            Path path,
            DataDirectory.Options layout,
            HostOptions options,
            BiFunction<DataDirectory, HostOptions, Host> opening) {
        DataDirectory directory = DataDirectory.open(path, layout);
        try {
            HostOptions named = options.withNames(directory.effectNames());
            EmbeddedHost host = new EmbeddedHost(directory, opening.apply(directory, named), named);
            host.finishErasing();
            return host;
        } catch (RuntimeException failed) {
            directory.close();
            throw failed;
        }
    }

    /** An erasure that a crash interrupted is dated by what the log knows of time: the host has no clock of its own. */
    private void finishErasing() {
        if (!directory.keys().erasing().isEmpty()) {
            new Erasure(directory, host).finish(Math.max(0, host.accepted().latestMillis()));
        }
    }

    /**
     * Erases a customer: deletes the keys of all that is stored about them, and the names, so that it can be read by nobody, here and in
     * any backup whose keys are gone. What they told groups and entities stays counted there. Of effects stays that they were:
     * {@link Host#tombstones}. Commits.
     *
     * @param customer under any name
     * @param because why, in words that name nobody; stands in the log
     * @param nowMillis the wall clock
     * @return what was erased; empty when nothing is known of the customer
     */
    public Optional<Erased> erase(SubjectId customer, String because, long nowMillis) {
        return new Erasure(directory, host).erase(customer, because, nowMillis);
    }

    /**
     * Copies the directory while it is used. For any thread.
     *
     * @param into the data; must be missing or empty
     * @param keys a file for the keys, not within the data
     * @param syncLog makes durable what was accepted; for the thread that owns the host, and waits for it
     */
    void backup(Path into, Path keys, Runnable syncLog) {
        Backup.write(directory, into, keys, syncLog);
    }

    /** The names under which those outside know effects. */
    public EffectNames effectNames() {
        return directory.effectNames();
    }

    /** By which consumers are tried again, and an engine lets time pass. */
    HostClock clock() {
        return options.clock();
    }

    public Host host() {
        return host;
    }

    /** Commits what was accepted, and lets go of the directory. */
    @Override
    public void close() {
        try (directory) {
            host.close();
        } finally {
            options.external().values().forEach(ExternalModel::close);
        }
    }
}
