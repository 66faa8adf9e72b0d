package dev.forestall.loop.event;

/**
 * How an input was received: as news, which is acted on, or as history, which is learned from. Immutable.
 *
 * @param isLive whether it is news
 * @param atMillis when it was received, by the clock of the host, in milliseconds since 1970 UTC; of history it says nothing
 */
public record Receipt(boolean isLive, long atMillis) {

    /** Of an import, a file, a backlog. */
    public static final Receipt HISTORY = new Receipt(false, 0);

    /** Of something that is happening now. */
    public static Receipt live(long atMillis) {
        return new Receipt(true, atMillis);
    }

    /** How long ago something had been so when this was received; of history nothing is old, for it is judged as it was. */
    public long ageMillis(long sinceMillis) {
        return isLive ? Math.max(0, atMillis - sinceMillis) : 0;
    }
}
