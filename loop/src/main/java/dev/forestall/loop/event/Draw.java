package dev.forestall.loop.event;

/**
 * Chance that can be recomputed: the same purpose and ids always give the same draw, on any machine, in any year.
 *
 * <p>64-bit FNV-1a over the UTF-16 units of purpose and ids, finished by the SplitMix64 mixer (Steele, Lea and Flood 2014).
 * Good for splitting customers into groups; not for secrets.
 */
public final class Draw {

    private Draw() {}

    /** A number in 0 (inclusive) to 1 (exclusive), uniform over ids. */
    public static double of(String purpose, String... ids) {
        return (hash(purpose, ids) >>> 11) * 0x1.0p-53;
    }

    /** All 64 bits of the draw. */
    public static long hash(String purpose, String... ids) {
        long hash = absorb(0xcbf29ce484222325L, purpose);
        for (String id : ids) {
            hash = absorb(hash, id);
        }
        return mix(hash);
    }

    private static long absorb(long hash, String text) {
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        // The length ends each text, so that ("ab","c") and ("a","bc") differ.
        return (hash ^ (0x10000L + text.length())) * 0x100000001b3L;
    }

    /** The finishing mixer alone: spreads the bits of a number over all 64. */
    public static long mix(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
