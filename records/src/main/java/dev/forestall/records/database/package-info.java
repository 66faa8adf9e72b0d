/**
 * How is the database reached?
 *
 * <p>Where it is and who asks go in; transactions that see the rows of one tenant, and nothing without one, come out.
 */
@NullMarked
package dev.forestall.records.database;

import org.jspecify.annotations.NullMarked;
