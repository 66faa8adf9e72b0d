@NullMarked
package dev.forestall.server.demo;

import org.jspecify.annotations.NullMarked;
