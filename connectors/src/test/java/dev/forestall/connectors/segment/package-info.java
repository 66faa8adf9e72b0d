@NullMarked
package dev.forestall.connectors.segment;

import org.jspecify.annotations.NullMarked;
