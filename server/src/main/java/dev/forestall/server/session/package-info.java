/**
 * What shall a page or an app show to a customer who is there now? Questions come in, in the form of OpenFeature's remote evaluation protocol; they go into the
 * engine's log, and the decision that follows comes out. Here is also the script that asks for pages of others.
 */
@NullMarked
package dev.forestall.server.session;

import org.jspecify.annotations.NullMarked;
