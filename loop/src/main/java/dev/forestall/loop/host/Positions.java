package dev.forestall.loop.host;

import java.util.OptionalLong;

/**
 * Places in the log of inputs. A position is one number that only grows: its upper bits are the epoch, its lower ones the record's place in
 * it. A log that is restored from a backup, or moved to another host, goes on in a new epoch, so that what the old one may still have
 * written behind the backup and what the new one writes never share a position, nor any id that is made of it.
 *
 * <p>Positions follow each other without a gap within an epoch only. Compare them; to count them, or to search among them, ask the log.
 */
public final class Positions {

    /** So many records fit into an epoch, as a power of two: seventeen million million. */
    public static final int ORDINAL_BITS = 44;

    /** The latest epoch there can be. */
    public static final long LAST_EPOCH = (1L << 63 - ORDINAL_BITS) - 1;

    private static final long ORDINAL_MASK = (1L << ORDINAL_BITS) - 1;

    /** The first sign of a token says in which form the rest is. */
    private static final char FORM = 'p';

    private static final int RADIX = 36;

    private Positions() {}

    /** @param epoch from 0, at most {@link #LAST_EPOCH} */
    public static long first(long epoch) {
        if (epoch < 0 || epoch > LAST_EPOCH) {
            throw new IllegalArgumentException("epoch " + epoch + " is outside 0.." + LAST_EPOCH);
        }
        return epoch << ORDINAL_BITS;
    }

    public static long epoch(long position) {
        return position >>> ORDINAL_BITS;
    }

    /** The place within the epoch, from 0. */
    public static long ordinal(long position) {
        return position & ORDINAL_MASK;
    }

    /** Whether records may go on with a position behind those that end before another one: at once, or in a later epoch. */
    public static boolean goesOn(long end, long first) {
        return first == end || ordinal(first) == 0 && first > end;
    }

    /** A position for those outside, who hand it back and do not look into it: elsewhere there may be more to it than a number. */
    public static String token(long position) {
        return FORM + Long.toString(position, RADIX);
    }

    /** The position of a token; empty when it is none of ours. */
    public static OptionalLong ofToken(String token) {
        if (token.length() < 2 || token.charAt(0) != FORM) {
            return OptionalLong.empty();
        }
        try {
            long position = Long.parseLong(token.substring(1), RADIX);
            return position >= 0 && token(position).equals(token) ? OptionalLong.of(position) : OptionalLong.empty();
        } catch (NumberFormatException notOurs) {
            return OptionalLong.empty();
        }
    }
}
