package dev.forestall.embedded;

/**
 * How a host works; results do not depend on it.
 *
 * @param partitions how many writers share the subjects, at least 1
 * @param chunk how many log records are worked in between two commits, at most
 * @param cacheBytes how much memory states lately used may take over all partitions, roughly
 */
public record HostOptions(int partitions, int chunk, long cacheBytes) {

    public HostOptions {
        if (partitions < 1 || partitions > 1024 || chunk < 1 || cacheBytes < 0) {
            throw new IllegalArgumentException(partitions + " partitions, chunks of " + chunk + ", cache of "
                    + cacheBytes + " bytes is impossible");
        }
    }

    public static HostOptions defaults() {
        return new HostOptions(1, 8_192, 64L << 20);
    }

    public HostOptions withPartitions(int number) {
        return new HostOptions(number, chunk, cacheBytes);
    }

    public HostOptions withChunk(int records) {
        return new HostOptions(partitions, records, cacheBytes);
    }
}
