/** Pages and apps ask what to show to a customer who is there now, in the form of OpenFeature's remote evaluation protocol. */
@NullMarked
package dev.forestall.server.session;

import org.jspecify.annotations.NullMarked;
