package dev.forestall.loop.event;

/**
 * Names one effect: the n-th that an input had on a subject. Computed the same way wherever and whenever the input is
 * processed, so that the outside can drop what it already did.
 *
 * @param subject on whom
 * @param position the input's place in the log
 * @param index which effect of that input on that subject, from 0
 */
public record EffectId(SubjectId subject, long position, int index) {

    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

    /** Sixteen letters and digits for people and shells. Says nothing about the subject. */
    @Override
    public String toString() {
        long high = Draw.hash("effect", subject.kind(), subject.key()) + Draw.mix(position) * 31 + index;
        long bits = Draw.mix(high);
        long more = Draw.mix(bits ^ position ^ (long) index << 48);
        char[] text = new char[16];
        for (int i = 0; i < 12; i++) {
            text[i] = DIGITS[(int) (bits >>> (i * 5)) & 31];
        }
        for (int i = 12; i < 16; i++) {
            text[i] = DIGITS[(int) (more >>> (i * 5)) & 31];
        }
        return new String(text);
    }
}
