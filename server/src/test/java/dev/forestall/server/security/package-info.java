@NullMarked
package dev.forestall.server.security;

import org.jspecify.annotations.NullMarked;
