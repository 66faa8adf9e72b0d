/** Tests of reading files. */
@NullMarked
package dev.forestall.connectors.files;

import org.jspecify.annotations.NullMarked;
