/**
 * Who are the customers, and how do they stand?
 *
 * <p>Effects on customers go in; lists, searches and profiles come out.
 */
@NullMarked
package dev.forestall.records.customers;

import org.jspecify.annotations.NullMarked;
