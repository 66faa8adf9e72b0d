/**
 * How do people read what a run showed?
 *
 * <p>Views go in; pages of text come out.
 */
@NullMarked
package dev.forestall.cli.report;

import org.jspecify.annotations.NullMarked;
