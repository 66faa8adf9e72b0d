package dev.forestall.connectors.files;

/**
 * A record that counts, before it has its place in the order of delivery.
 *
 * @param reading an event or a rejection
 * @param line at which it starts
 * @param offset in bytes
 * @param raw of a rejected record as it stands in the file; else empty
 * @param form of {@code raw}
 */
record Item(Reading reading, long line, long offset, String raw, Form form) {}
