/**
 * Which models has a pack, and which of them answers?
 *
 * <p>Models are artifacts beside the pack: one file each, named by its content, and a list that says which is the champion of each
 * prediction.
 */
@NullMarked
package dev.forestall.pack.model;

import org.jspecify.annotations.NullMarked;
