package dev.forestall.embedded;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.state.Row;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A subject in memory: its state, and what has changed since the last commit. */
final class Held extends Row {

    final SubjectId subject;
    /** The hash of the subject, so that a look-up touches no other subject's key. */
    final int hash;

    /** The number of the place at which it stands open; {@link OpenSubjects#CLOSED} while it does not. */
    int openAt = OpenSubjects.CLOSED;

    long wakeMillis = StateStore.NEVER;
    /** The earliest wake-up that stands in the partition's queue for this subject. */
    long queuedMillis = StateStore.NEVER;

    /** Null when nothing has changed since the last commit. */
    @Nullable
    Changes changes;

    Held(SubjectId subject) {
        this.subject = subject;
        this.hash = subject.hashCode();
    }

    /**
     * Where to look for a hash, in the low bits. Hashes of similar keys differ in their low bits only, and those of one partition are alike
     * in theirs; this takes the rest of the word along.
     */
    static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }

    /** What is to be committed beside the state itself. */
    static final class Changes {
        /** What the store says of the subject's wake-up. */
        final long committedWakeMillis;

        private long[] positions = new long[2];
        private int inputs;

        Changes(long committedWakeMillis) {
            this.committedWakeMillis = committedWakeMillis;
        }

        /** Notes that an input belongs to this subject; once per position. */
        void note(long position) {
            if (inputs > 0 && positions[inputs - 1] == position) {
                return;
            }
            if (inputs == positions.length) {
                positions = Arrays.copyOf(positions, inputs * 2);
            }
            positions[inputs++] = position;
        }

        /** The positions noted, ascending. */
        long[] positions() {
            return Arrays.copyOf(positions, inputs);
        }
    }

    void committed() {
        changes = null;
        queuedMillis = StateStore.NEVER;
    }
}
