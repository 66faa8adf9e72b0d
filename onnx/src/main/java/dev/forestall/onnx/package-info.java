/**
 * What does a model say that was not learned here?
 *
 * <p>In goes a file in the ONNX format and a binding of its inputs to features; out comes something that can be asked for
 * probabilities, or the list of everything in which the two do not fit. A model is computed by ONNX Runtime in this process and
 * sees nothing but the numbers that it is given: no file, no code of its own.
 */
@NullMarked
package dev.forestall.onnx;

import org.jspecify.annotations.NullMarked;
