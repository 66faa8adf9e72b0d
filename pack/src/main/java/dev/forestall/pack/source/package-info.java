/**
 * What do the files of a pack say, before anybody judges it?
 *
 * <p>Files go in; one tree of {@link dev.forestall.pack.source.Node nodes} comes out, each knowing where it stands. Nothing is
 * constructed from tags, aliases are expanded within limits.
 */
@NullMarked
package dev.forestall.pack.source;

import org.jspecify.annotations.NullMarked;
