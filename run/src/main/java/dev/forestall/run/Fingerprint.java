package dev.forestall.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a file holds, from its beginning: by that it is known, and not by its name. Immutable.
 *
 * @param length so many bytes
 * @param blocks the SHA-256, cut to 128 bits, of each {@link #BLOCK} bytes and of the rest
 */
record Fingerprint(long length, List<String> blocks) {

    static final int BLOCK = 4 << 20;

    private static final int HEX_DIGITS = 32;

    Fingerprint {
        blocks = List.copyOf(blocks);
    }

    /**
     * Reads the beginning of a file.
     *
     * @param length in bytes; of a file that is shorter, all there is
     */
    static Fingerprint of(Path file, long length) throws IOException {
        List<String> blocks = new ArrayList<>();
        long read = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            while (read < length) {
                byte[] block = in.readNBytes((int) Math.min(BLOCK, length - read));
                if (block.length == 0) {
                    break;
                }
                read += block.length;
                blocks.add(hash(block));
            }
        }
        return new Fingerprint(read, blocks);
    }

    private static String hash(byte[] block) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(block))
                    .substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** In bytes, where the first block begins that differs; nothing when both hold the same. */
    OptionalLong firstDifference(Fingerprint other) {
        for (int i = 0; i < Math.max(blocks.size(), other.blocks.size()); i++) {
            if (i >= blocks.size() || i >= other.blocks.size() || !blocks.get(i).equals(other.blocks.get(i))) {
                return OptionalLong.of((long) i * BLOCK);
            }
        }
        return OptionalLong.empty();
    }
}
