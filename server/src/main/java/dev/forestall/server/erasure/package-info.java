/**
 * How does a customer disappear?
 *
 * <p>A name and a reason go in; the engine forgets, every table and the rejected records do, and what stays is that somebody was erased, why, and how
 * much of them was found where.
 */
@NullMarked
package dev.forestall.server.erasure;

import org.jspecify.annotations.NullMarked;
