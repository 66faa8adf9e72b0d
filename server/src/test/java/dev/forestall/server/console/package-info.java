@NullMarked
package dev.forestall.server.console;

import org.jspecify.annotations.NullMarked;
