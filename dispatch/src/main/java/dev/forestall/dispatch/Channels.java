package dev.forestall.dispatch;

import java.util.Optional;

/** Which channel sends what a pack calls by a name. */
@FunctionalInterface
public interface Channels {

    /** @param name as the pack calls it: {@code email}, {@code voice} */
    Optional<Channel> of(String name);
}
