/**
 * What does a small piece of JSON say?
 *
 * <p>Bytes of one request go in; a tree whose every object knows the bytes it stands for comes out. Files of millions of records are read
 * otherwise, in {@code files}.
 */
@NullMarked
package dev.forestall.connectors.json;

import org.jspecify.annotations.NullMarked;
