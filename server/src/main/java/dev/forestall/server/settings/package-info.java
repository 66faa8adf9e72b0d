/**
 * How is the server to run?
 *
 * <p>A file, the environment and the command line go in, and {@link dev.forestall.server.settings.Settings} come out; or all that is wrong
 * with them at once.
 */
@NullMarked
package dev.forestall.server.settings;

import org.jspecify.annotations.NullMarked;
