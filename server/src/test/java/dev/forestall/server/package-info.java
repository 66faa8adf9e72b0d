@NullMarked
package dev.forestall.server;

import org.jspecify.annotations.NullMarked;
