/** The loop: what happens to one subject when one input arrives. */
@org.jspecify.annotations.NullMarked
package dev.forestall.loop;
