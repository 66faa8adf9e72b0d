/**
 * What does {@code forestall demo} show?
 *
 * <p>A seed and a pace go in; the events of a bank that does not exist, whose customers live fast, come out.
 */
@NullMarked
package dev.forestall.server.demo;

import org.jspecify.annotations.NullMarked;
