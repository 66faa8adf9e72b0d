/**
 * What was to be done, and how far is it?
 *
 * <p>Action requests and what becomes of them go in; a request with its steps, its attempts and its reasons comes out.
 */
@NullMarked
package dev.forestall.records.requests;

import org.jspecify.annotations.NullMarked;
