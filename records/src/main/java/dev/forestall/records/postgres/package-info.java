/**
 * Where does a database come from when none is given?
 *
 * <p>A directory goes in; a running PostgreSQL that belongs to this directory, and how to reach it, come out.
 */
@NullMarked
package dev.forestall.records.postgres;

import org.jspecify.annotations.NullMarked;
