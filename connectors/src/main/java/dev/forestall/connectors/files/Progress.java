package dev.forestall.connectors.files;

/**
 * How far a file has been read, for a progress bar.
 *
 * @param phase what is being done
 * @param done of {@code total}: bytes of the file as it lies on disk while reading, records while delivering
 * @param total all there is to do in this phase; at least 1
 */
public record Progress(Phase phase, long done, long total) {

    public Progress {
        total = Math.max(1, total);
        done = Math.min(done, total);
    }

    /** What is being done with a file. A file in order of time is first read to its end, then delivered. */
    public enum Phase {
        READING,
        DELIVERING
    }

    /** From 0 to 1. */
    public double share() {
        return (double) done / total;
    }
}
