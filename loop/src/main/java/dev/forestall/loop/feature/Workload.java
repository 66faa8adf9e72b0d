package dev.forestall.loop.feature;

/**
 * The declaration of a kind of resource: what customers' cases lie with, and what can be busy. Immutable.
 *
 * @param name as the pack calls it: {@code officer}
 * @param property whose text says which one it is
 * @param bucketMillis over which time its work is counted
 */
public record Workload(String name, String property, long bucketMillis) {

    public Workload {
        if (bucketMillis <= 0) {
            throw new IllegalArgumentException(
                    "resource " + name + ": a time of " + bucketMillis + " ms is impossible");
        }
    }
}
