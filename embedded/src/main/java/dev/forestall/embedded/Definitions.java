package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import java.util.Optional;

/** Finds definitions by their hashes: those that records of the log name have to be there as long as the records are. */
@FunctionalInterface
public interface Definitions {

    /** Knows none: enough where the definition is never exchanged. */
    Definitions NONE = hash -> Optional.empty();

    Optional<Definition> named(String hash);
}
