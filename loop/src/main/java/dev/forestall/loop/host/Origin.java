package dev.forestall.loop.host;

/**
 * Where an input came from, exactly enough to find it again.
 *
 * @param source the name of the file or stream, without folders
 * @param ordinal its place in the order in which the source delivers, from 0; after a crash the source is read on from here
 * @param line the line in the file at which it starts, from 1; 0 when the source has no lines
 */
public record Origin(String source, long ordinal, long line) {}
