/**
 * What do people and programs look up?
 *
 * <p>Effects of the engine go in; tables of PostgreSQL and answers to questions come out. One package per concept; {@code database} says how
 * the database is reached, {@code postgres} brings one along where none is given.
 */
@NullMarked
package dev.forestall.records;

import org.jspecify.annotations.NullMarked;
