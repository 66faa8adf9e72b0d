@NullMarked
package dev.forestall.server.ingest;

import org.jspecify.annotations.NullMarked;
