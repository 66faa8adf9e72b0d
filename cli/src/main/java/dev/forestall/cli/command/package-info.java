/**
 * Which commands are there, and which options do they take?
 *
 * <p>One class per command: it parses, lets the other packages work, and prints. {@code docs/guides/cli.md} describes them all.
 */
@NullMarked
package dev.forestall.cli.command;

import org.jspecify.annotations.NullMarked;
