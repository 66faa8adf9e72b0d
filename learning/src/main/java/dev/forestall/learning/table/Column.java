package dev.forestall.learning.table;

/**
 * One feature of a table.
 *
 * @param key names it for good
 * @param group what it is about, as a reason would name it
 * @param words for people
 */
public record Column(String key, String group, String words) {}
