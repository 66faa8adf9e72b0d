/** A bank that does not exist, and whose customers live fast: what {@code forestall demo} shows. */
@NullMarked
package dev.forestall.server.demo;

import org.jspecify.annotations.NullMarked;
