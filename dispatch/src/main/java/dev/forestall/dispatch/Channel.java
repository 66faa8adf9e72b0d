package dev.forestall.dispatch;

/**
 * A way to reach customers. It does what it is told: what may be sent, and when, was decided before. For any thread.
 */
public interface Channel {

    /** How the provider is called in reports and lists; no personal data. */
    String provider();

    /**
     * Whether the receiver takes what bears the same key once, however often it is sent. Where it does, what was interrupted is sent again; else
     * it is uncertain.
     */
    boolean honoursKeys();

    /** Sends once. Does not throw for what a network or a receiver does; takes no longer than a minute. */
    Answer send(Delivery delivery);
}
