package dev.forestall.connectors.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file up to the size that it had when it was opened: what is written to it meanwhile is for another time. When it ends before, somebody has
 * cut it off, and nobody may take its end for that of the records.
 */
final class BoundedInput extends FilterInputStream {

    private final long size;
    private long left;

    BoundedInput(InputStream in, long size) {
        super(in);
        this.size = size;
        this.left = size;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        int one = super.read();
        counted(one < 0 ? -1 : 1);
        return one;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = super.read(to, from, (int) Math.min(length, left));
        counted(read);
        return read;
    }

    private void counted(int read) throws IOException {
        if (read < 0) {
            throw new IOException("it had " + size + " bytes when it was opened and has only " + (size - left)
                    + " now: somebody has cut it off");
        }
        left -= read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(Math.min(bytes, left));
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
