/**
 * What do people see, and what do they do next?
 *
 * <p>Requests of browsers go in; pages come out, made here and readable without scripts. Parts of a page are fetched anew when something
 * has happened, so that nobody has to reload. A page that has nothing to show says what to do.
 */
@NullMarked
package dev.forestall.server.console;

import org.jspecify.annotations.NullMarked;
