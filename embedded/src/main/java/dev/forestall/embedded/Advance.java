package dev.forestall.embedded;

/** Hears how far the log has been worked in while a host is opened or a definition applied to all that is there. */
@FunctionalInterface
public interface Advance {

    /** Nobody listens. */
    Advance UNHEARD = (position, end) -> {};

    /**
     * One more chunk was worked in.
     *
     * @param position of the next log record
     * @param end of the log
     */
    void reached(long position, long end);
}
