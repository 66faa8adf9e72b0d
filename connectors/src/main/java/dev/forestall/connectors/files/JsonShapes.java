package dev.forestall.connectors.files;

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

    /** All that is kept, and one object on its way into it: names can be as long as a record may be. */
    private static final int MOST_BYTES = 1 << 16;

    /** Objects of no known shape weigh more than the others save. */
    private static final int COST_OF_MISS = 4;

    private static final int MOST_CREDIT = 1_000;

    private final Node root = new Node(new byte[0], Kind.END, -1);
    private final List<Node> path = new ArrayList<>();
    private boolean isNotable;
    private int nodes;
    private int bytes;
    private int bytesOfPath;
    private int credit = MOST_CREDIT;

    /** What stands between two stretches of bytes. */
    enum Kind {
        /** A text; its quotes belong to what stands around it. */
        TEXT,
        /** A number, true, false or null. */
        SCALAR,
        /** Nothing: the object has ended. */
        END
    }

    /** What stands before one value or before the end, and what kind of value it is. */
    static final class Node {
        private static final Node[] NONE = {};

        final Kind kind;
        /** The number of the place that the value fills, or below 0. */
        final int place;

        final int length;
        private final byte[] bytes;
        private final long[] words;
        private final long lastMask;
        /** The longest first: of two that fit, it says more. */
        private Node[] next = NONE;

        Node(byte[] bytes, Kind kind, int place) {
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
                if (EightBytes.at(from, at + 8 * i) != words[i]) {
                    return false;
                }
            }
            return (EightBytes.at(from, at + 8 * last) & lastMask) == words[last];
        }

        private @Nullable Node behind(Node like) {
            for (Node each : next) {
                if (each.kind == like.kind && each.place == like.place && Arrays.equals(each.bytes, like.bytes)) {
                    return each;
                }
            }
            return null;
        }

        private void add(Node another) {
            Node[] more = Arrays.copyOf(next, next.length + 1);
            more[next.length] = another;
            Arrays.sort(more, Comparator.comparingInt((Node node) -> -node.length));
            next = more;
        }
    }

    /** How many bytes are kept. */
    int bytes() {
        return bytes;
    }

    /** Where to begin; null when the objects are too different for this to be worth while. */
    @Nullable
    Node start() {
        return credit > 0 ? root : null;
    }

    /** An object was read along its shape. */
    void hit() {
        credit = Math.min(MOST_CREDIT, credit + 1);
    }

    /** An object was not to be read along. */
    void missed() {
        credit = Math.max(0, credit - COST_OF_MISS);
    }

    /** An object is going to be read with care. */
    void begin() {
        path.clear();
        bytesOfPath = 0;
        isNotable = credit > 0;
    }

    /** It has something that the tree cannot hold. */
    void spoil() {
        isNotable = false;
    }

    /** What stood before its next value. */
    void note(byte[] object, int from, int to, Kind kind, int place) {
        bytesOfPath += to - from;
        isNotable &= nodes + path.size() < MOST_NODES && bytes + bytesOfPath <= MOST_BYTES;
        if (isNotable) {
            path.add(new Node(Arrays.copyOfRange(object, from, to), kind, place));
        }
    }

    /** It was read to its end without a fault. */
    void end() {
        if (!isNotable) {
            return;
        }
        isNotable = false;
        Node at = root;
        for (Node each : path) {
            Node known = at.behind(each);
            if (known == null) {
                if (at.next.length == MOST_NEXT) {
                    return;
                }
                at.add(each);
                nodes++;
                bytes += each.length;
                known = each;
            }
            at = known;
        }
    }
}
