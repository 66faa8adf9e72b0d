/** What is foretold: features against brute force, labels, no look into the future, the same numbers in training and live. */
@NullMarked
package dev.forestall.acceptance.foretell;

import org.jspecify.annotations.NullMarked;
