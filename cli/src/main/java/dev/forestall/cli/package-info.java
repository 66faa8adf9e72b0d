/**
 * The command line: what can people and scripts ask Forestall to do?
 *
 * <p>Arguments go in; text for people or one JSON object for programs comes out, with an exit code from {@link
 * dev.forestall.cli.Exit}. Commands parse and print; what they do lives in the other modules.
 */
@NullMarked
package dev.forestall.cli;

import org.jspecify.annotations.NullMarked;
