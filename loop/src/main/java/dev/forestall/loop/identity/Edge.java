package dev.forestall.loop.identity;

/**
 * What the log says about two identifiers.
 *
 * @param one the identifier that was asked about
 * @param other what it came together with
 * @param evidence the log position of the first event since the last unmerge that carries both; {@link #NO_EVIDENCE} when there is none
 * @param standing what follows from it
 */
public record Edge(Identifier one, Identifier other, long evidence, Standing standing) {

    public static final long NO_EVIDENCE = -1;

    /** Whether the evidence makes two identifiers one customer, and if not, why. */
    public enum Standing {
        JOINS,
        /** One of the two is shared. */
        SHARED,
        /** It was said that they are not one customer, and no event has said otherwise since. */
        RETRACTED,
        /** It was said that they shall never be one customer. */
        KEPT_APART
    }
}
