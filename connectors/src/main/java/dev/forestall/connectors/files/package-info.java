/**
 * What does a file of events say?
 *
 * <p>A file and the pack's mapping go in; events of the tracking plan come out, one by one and in order of time, each with its line.
 * What cannot be used comes out as a rejection with its reason, is written to a file that can be repaired, and can be read again
 * from there. Memory does not grow with the file.
 */
@NullMarked
package dev.forestall.connectors.files;

import org.jspecify.annotations.NullMarked;
