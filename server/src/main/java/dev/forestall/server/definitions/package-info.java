/**
 * Which definition is in force, since when, by whom and why?
 *
 * <p>Packs that people hand in go in; what is wrong with them, what a change means, and a definition that has taken over come out, each with
 * its entry in the audit.
 */
@NullMarked
package dev.forestall.server.definitions;

import org.jspecify.annotations.NullMarked;
