package dev.forestall.loop.host;

import java.util.Iterator;

/**
 * Walks once through stored things, in order. For one thread; must be closed, for it may hold files or memory outside
 * the heap.
 */
public interface Cursor<T> extends Iterator<T>, AutoCloseable {

    @Override
    void close();
}
