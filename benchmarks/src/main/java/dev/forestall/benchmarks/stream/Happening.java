package dev.forestall.benchmarks.stream;

/** One event packed into a positive long, so that five million are sorted at once: time first, then customer, then type. */
final class Happening {

    private static final int TYPE_BITS = 5;
    private static final int CUSTOMER_BITS = 20;

    private Happening() {}

    static long pack(long offsetMillis, int customer, EventType type) {
        return (offsetMillis << (CUSTOMER_BITS + TYPE_BITS)) | ((long) customer << TYPE_BITS) | type.ordinal();
    }

    /** Milliseconds since the start of the stream. */
    static long offsetMillis(long happening) {
        return happening >>> (CUSTOMER_BITS + TYPE_BITS);
    }

    static int customer(long happening) {
        return (int) (happening >>> TYPE_BITS) & ((1 << CUSTOMER_BITS) - 1);
    }

    static EventType type(long happening) {
        return EventType.at((int) happening & ((1 << TYPE_BITS) - 1));
    }
}
