/**
 * What lies in a data directory, and what is done there?
 *
 * <p>A pack and a data directory go in; an open host comes out, under the definition in force and with the external models it asks. Files go
 * in; their events go through that host. No pages of text: who asked is told by values, errors with a code, and {@link
 * dev.forestall.run.Progress}.
 */
@NullMarked
package dev.forestall.run;

import org.jspecify.annotations.NullMarked;
