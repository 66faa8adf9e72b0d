package dev.forestall.connectors.segment;

/**
 * How much a request may say.
 *
 * @param eventBytes how long one call may be; longer ones are rejected, those beside them in a batch are not
 * @param items how many calls a batch may hold
 * @param requestBytes how long a request may be, unpacked
 * @param depth how deep objects and lists may stand in each other
 */
public record SegmentLimits(int eventBytes, int items, int requestBytes, int depth) {

    public SegmentLimits {
        if (eventBytes < 1 || items < 1 || requestBytes < eventBytes || depth < 4) {
            throw new IllegalArgumentException("limits of " + eventBytes + " bytes an event, " + items + " items, "
                    + requestBytes + " bytes a request, " + depth + " levels: impossible");
        }
    }

    /** 32 KiB an event, 2,500 events and 4 MiB a request, 64 levels. */
    public static SegmentLimits standard() {
        return new SegmentLimits(32 << 10, 2_500, 4 << 20, 64);
    }
}
