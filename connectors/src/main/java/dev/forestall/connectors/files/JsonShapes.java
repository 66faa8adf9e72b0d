package dev.forestall.connectors.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of the objects met so far: the bytes that stand between their values, which in a stream are nearly always the same. Whose
 * bytes between the values equal those of an object that was read with care has the same names and the same structure, so that only its
 * values are left to be looked at.
 *
 * <p>A tree: behind a value, what came next in some object before. For one thread.
 */
final class JsonShapes {

    /** Streams of more different objects than this are read with care. */
    private static final int MOST_NODES = 512;

    private static final int MOST_NEXT = 8;

    /** Objects of no known shape weigh more than the others save. */
    private static final int COST_OF_MISS = 4;

    private static final int MOST_CREDIT = 1_000;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Node root = new Node(new byte[0], Node.END, -1);
    private final List<Node> path = new ArrayList<>();
    private boolean isNotable;
    private int nodes;
    private int credit = MOST_CREDIT;

    /** What stands before one value or before the end, and what kind of value it is. */
    static final class Node {
        /** There is no value: the object ends. */
        static final int END = 0;

        /** A text; its quotes belong to what stands around it. */
        static final int TEXT = 1;

        /** A number, true, false or null. */
        static final int SCALAR = 2;

        private static final Node[] NONE = {};

        final int kind;
        /** The number of the place that the value fills, or below 0. */
        final int place;

        final int length;
        private final byte[] bytes;
        private final long[] words;
        private final long lastMask;
        /** The longest first: of two that fit, it says more. */
        private Node[] next = NONE;

        Node(byte[] bytes, int kind, int place) {
            this.bytes = bytes;
            this.kind = kind;
            this.place = place;
            this.length = bytes.length;
            this.words = new long[(length + 7) / 8];
            for (int i = 0; i < words.length; i++) {
                words[i] = JsonNames.start(bytes, 8 * i, length);
            }
            this.lastMask = length % 8 == 0 ? -1L : (1L << 8 * (length % 8)) - 1;
        }

        /** Which of the nodes behind this one the bytes from a place on go along with; null when it is none of them. */
        @Nullable
        Node next(byte[] from, int at, int end) {
            for (Node each : next) {
                if (each.fits(from, at, end)) {
                    return each;
                }
            }
            return null;
        }

        private boolean fits(byte[] from, int at, int end) {
            if (at + length > end) {
                return false;
            }
            int last = words.length - 1;
            if (at + 8 * words.length > from.length) {
                return Arrays.equals(from, at, at + length, bytes, 0, length);
            }
            for (int i = 0; i < last; i++) {
                if ((long) LONGS.get(from, at + 8 * i) != words[i]) {
                    return false;
                }
            }
            return ((long) LONGS.get(from, at + 8 * last) & lastMask) == words[last];
        }

        private boolean is(Node other) {
            return kind == other.kind && place == other.place && Arrays.equals(bytes, other.bytes);
        }
    }

    /** Where to begin; null when the objects are too different for this to be worth while. */
    @Nullable
    Node start() {
        return credit > 0 ? root : null;
    }

    void hit() {
        credit = Math.min(MOST_CREDIT, credit + 1);
    }

    void missed() {
        credit -= COST_OF_MISS;
    }

    /** An object is going to be read with care. */
    void begin() {
        path.clear();
        isNotable = credit > 0;
    }

    /** It has something that the tree cannot hold. */
    void spoil() {
        isNotable = false;
    }

    /** What stood before its next value. */
    void note(byte[] bytes, int from, int to, int kind, int place) {
        if (isNotable && path.size() < MOST_NODES) {
            path.add(new Node(Arrays.copyOfRange(bytes, from, to), kind, place));
        }
    }

    /** It was read to its end without a fault. */
    void end() {
        boolean isWanted = isNotable && nodes + path.size() <= MOST_NODES;
        isNotable = false;
        if (!isWanted) {
            return;
        }
        Node at = root;
        for (Node each : path) {
            Node known = null;
            for (Node next : at.next) {
                known = next.is(each) ? next : known;
            }
            if (known == null) {
                if (at.next.length == MOST_NEXT) {
                    return;
                }
                Node[] more = Arrays.copyOf(at.next, at.next.length + 1);
                more[at.next.length] = each;
                Arrays.sort(more, Comparator.comparingInt((Node node) -> -node.length));
                at.next = more;
                nodes++;
                known = each;
            }
            at = known;
        }
    }
}
