@NullMarked
package dev.forestall.server.settings;

import org.jspecify.annotations.NullMarked;
