/**
 * What is done when a log is replayed?
 *
 * <p>A file and a pack go in; the events go through the host in one data directory, and what could not be used goes to a file beside it.
 * Other commands find there what the run was made of.
 */
@NullMarked
package dev.forestall.cli.run;

import org.jspecify.annotations.NullMarked;
