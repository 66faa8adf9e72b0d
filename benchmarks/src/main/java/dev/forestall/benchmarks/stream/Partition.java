package dev.forestall.benchmarks.stream;

/** Which of several partitions holds a customer, as the sender of a partitioned log would decide. */
public final class Partition {

    private Partition() {}

    public static int of(String customer, int partitions) {
        return partitions == 1 ? 0 : (int) Long.remainderUnsigned(Chance.mix(customer.hashCode()), partitions);
    }
}
