/**
 * Which keys and values can a pack have?
 *
 * <p>One model, {@link dev.forestall.pack.grammar.Grammar}, from which everything that must agree about it is derived: the inspection
 * of packs, the suggestions for mistyped keys, the JSON Schema for editors and the tables of the reference.
 */
@NullMarked
package dev.forestall.pack.grammar;

import org.jspecify.annotations.NullMarked;
