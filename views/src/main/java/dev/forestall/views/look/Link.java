package dev.forestall.views.look;

import dev.forestall.loop.Effect;
import dev.forestall.loop.host.InForce;
import dev.forestall.loop.host.Logged;
import java.util.List;

/** One link of a trace: what was, and what it came from. */
public sealed interface Link {

    /** What it came from, the most telling first. */
    List<Link> causes();

    /**
     * An effect.
     *
     * @param isHindsight whether it was never said, but follows from what was learned later about who is who, or from another definition
     * @param by the definition and the version of the program that made it
     */
    record Of(Effect effect, boolean isHindsight, InForce by, List<Link> causes) implements Link {}

    /**
     * An input: where a trace ends.
     *
     * @param role what it is to the effect above
     * @param position its place in the log
     * @param logged what the log says
     */
    record Input(Role role, long position, Logged logged) implements Link {
        @Override
        public List<Link> causes() {
            return List.of();
        }
    }

    /** Something that is not shown, and why. */
    record Note(String text) implements Link {
        @Override
        public List<Link> causes() {
            return List.of();
        }
    }

    /** What an input is to the effect above. */
    enum Role {
        /** Part of what a signal rests on. */
        EVIDENCE,
        /** At this input it became so. */
        TRIGGER
    }
}
