/**
 * What was spent, and what came of it?
 *
 * <p>What effects mean for the ledger goes in; its lines as a table, and their sums by policy and arm, come out.
 */
@NullMarked
package dev.forestall.records.value;

import org.jspecify.annotations.NullMarked;
