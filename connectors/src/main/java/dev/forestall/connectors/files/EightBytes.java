package dev.forestall.connectors.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes looked at at once, as one word whose lowest byte is the first. */
final class EightBytes {

    /** One in every byte; times a byte, that byte eight times. */
    static final long ONES = 0x0101010101010101L;

    /** The highest bit of every byte. */
    static final long HIGHS = 0x8080808080808080L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private EightBytes() {}

    /** The eight bytes from a place on; all must lie within the array. */
    static long at(byte[] bytes, int place) {
        return (long) LONGS.get(bytes, place);
    }

    /** The highest bits of bytes that are 0; above the lowest such byte, others can be among them. */
    static long zeros(long eight) {
        return eight - ONES & ~eight & HIGHS;
    }

    /** Which of the eight is the lowest whose highest bit is set. */
    static int first(long highs) {
        return Long.numberOfTrailingZeros(highs) >>> 3;
    }
}
