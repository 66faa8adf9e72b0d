/**
 * What does a reader of effects, states and logs see?
 *
 * <p>Effects, states and records of the log go in; what people and programs want to know of them comes out as values and as JSON: a customer
 * as of an instant, a trace, a report, rows of outputs. No pages of text, no database, no files: the command line prints them, the server
 * shows them, and both say the same.
 */
@NullMarked
package dev.forestall.views;

import org.jspecify.annotations.NullMarked;
