package dev.forestall.loop.host;

import dev.forestall.loop.event.SubjectId;

/**
 * Makes what is stored about somebody unreadable without their key. A subject has a number, which says nothing about them, and under it a
 * key and a name. Once these are deleted, what is still stored can be read by nobody.
 *
 * <p>Any thread may use it.
 */
public interface Seals {

    /** The number of nobody: what is stored under it is not sealed. */
    long NOBODY = 0;

    /** Nothing is sealed: for tests, and for hosts that keep nothing. */
    Seals NONE = new Seals() {
        @Override
        public long number(SubjectId subject) {
            return NOBODY;
        }

        @Override
        public long nonce() {
            return 0;
        }

        @Override
        public boolean turn(long number, long nonce, byte[] bytes, int from) {
            return number == NOBODY;
        }
    };

    /** The number of a subject, who gets one, and a key, when this is the first that is heard of them. */
    long number(SubjectId subject);

    /** A number that is used for one text only; it is stored beside it. */
    long nonce();

    /**
     * Seals bytes that are plain, and opens those that are sealed, in place.
     *
     * @param number of the subject
     * @param nonce of this text
     * @param from the first of the bytes; those before stay as they are
     * @return whether there is a key under the number; if not, nothing has changed, and nobody can read it any more
     */
    boolean turn(long number, long nonce, byte[] bytes, int from);
}
