@NullMarked
package dev.forestall.server.live;

import org.jspecify.annotations.NullMarked;
