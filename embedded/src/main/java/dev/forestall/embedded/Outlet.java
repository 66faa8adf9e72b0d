package dev.forestall.embedded;

import dev.forestall.loop.Effect;
import java.util.List;

/**
 * Where committed effects go. Called in the order of the log and only with effects that a crash cannot take back. After a crash the
 * latest ones may come again, with the same ids: at least once, and exactly once for whoever drops ids it knows.
 */
@FunctionalInterface
public interface Outlet {

    /** Nobody listens: effects are only kept. */
    Outlet NONE = effects -> {};

    void accept(List<Effect> effects);
}
