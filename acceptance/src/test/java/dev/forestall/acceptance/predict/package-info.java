/** What is predicted: features against brute force, labels, no look into the future, the same numbers in training and live. */
@NullMarked
package dev.forestall.acceptance.predict;

import org.jspecify.annotations.NullMarked;
