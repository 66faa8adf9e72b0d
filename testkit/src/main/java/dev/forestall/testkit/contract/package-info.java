/**
 * The laws that hosts rely on, one suite per interface. In goes an implementation, by extending the suite; out come its
 * failures to keep the law. Every implementation runs the same suite, so that a host may stand on any of them.
 */
@NullMarked
package dev.forestall.testkit.contract;

import org.jspecify.annotations.NullMarked;
