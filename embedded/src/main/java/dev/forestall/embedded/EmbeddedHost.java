package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Erased;
import dev.forestall.loop.host.ExternalModel;
import dev.forestall.loop.host.StorageException;
import java.nio.file.Path;
import java.util.Optional;

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
        DataDirectory directory = DataDirectory.open(path, DataDirectory.Options.defaults(version));
        try {
            EmbeddedHost host = new EmbeddedHost(
                    directory, new Host(definition, directory.log(), directory.state(), options), options);
            host.finishErasing();
            return host;
        } catch (RuntimeException failed) {
            directory.close();
            throw failed;
        }
    }

    /**
     * As {@link #open}, with whatever definition is in force in the directory.
     *
     * @param options with definitions among which that one is found
     */
    public static EmbeddedHost openAsInForce(Path path, String version, Definition first, HostOptions options) {
        DataDirectory directory = DataDirectory.open(path, DataDirectory.Options.defaults(version));
        try {
            return new EmbeddedHost(
                    directory, Host.asInForce(first, directory.log(), directory.state(), options), options);
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

    /** The names under which those outside know effects. */
    public EffectNames effectNames() {
        return directory.effectNames();
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
