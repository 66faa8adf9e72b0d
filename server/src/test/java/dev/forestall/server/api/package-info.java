@NullMarked
package dev.forestall.server.api;

import org.jspecify.annotations.NullMarked;
