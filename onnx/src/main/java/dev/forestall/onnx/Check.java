package dev.forestall.onnx;

import dev.forestall.onnx.Binding.Input;
import dev.forestall.onnx.Signature.Value;
import dev.forestall.pack.problem.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Holds a binding against a signature and collects all in which the two do not fit. */
final class Check {

    private final Signature signature;
    private final Binding binding;
    private final Predicate<String> isFeature;
    private final Collection<String> knownFeatures;
    private final List<String> found = new ArrayList<>();

    private Check(Signature signature, Binding binding, Predicate<String> isFeature, Collection<String> knownFeatures) {
        this.signature = signature;
        this.binding = binding;
        this.isFeature = isFeature;
        this.knownFeatures = knownFeatures;
    }

    static List<String> of(
            Signature signature, Binding binding, Predicate<String> isFeature, Collection<String> knownFeatures) {
        Check check = new Check(signature, binding, isFeature, knownFeatures);
        if (signature.inputs().isEmpty()) {
            check.found.add("the model has no inputs; it cannot know anything of a customer");
        }
        signature.inputs().forEach(check::input);
        check.rows();
        binding.inputs().forEach(check::bound);
        Choice.of(signature, binding.output(), check.found);
        return List.copyOf(check.found);
    }

    private void input(Value input) {
        Optional<Input> bound = binding.input(input.name());
        if (!(input.form() instanceof Form.Tensor tensor) || !tensor.element().isNumber() || !tensor.hasRows()) {
            found.add(
                    "the input " + input
                            + " cannot be given features; it would have to be float, double, int64, int32 or bool, as [N] or [N, columns]");
        } else if (bound.isEmpty()) {
            found.add("the input " + input + " is bound to no feature; add it under 'inputs' of the binding file");
        } else {
            fits(input, tensor, bound.get());
        }
    }

    private void fits(Value input, Form.Tensor tensor, Input bound) {
        int features = bound.features().size();
        if (tensor.columns() >= 0 && tensor.columns() != features) {
            found.add("the input " + input + " has " + count(tensor.columns(), "column") + ", but "
                    + count(features, "feature") + (features == 1 ? " is" : " are") + " bound to it");
        }
        if (!tensor.element().holdsAbsent() && !bound.saysAbsent()) {
            found.add("the input " + input
                    + " cannot hold that a feature is absent; say with 'absent' what it is given then");
        }
    }

    /** A model may ask for a fixed number of rows at a time, if it is the same everywhere. */
    private void rows() {
        List<Value> fixed =
                signature.inputs().stream().filter(each -> rowsOf(each) >= 0).toList();
        for (Value each : fixed) {
            if (rowsOf(each) == 0 || rowsOf(each) > OnnxModel.MAX_ROWS) {
                found.add("the input " + each + " asks for " + rowsOf(each) + " rows at a time; 1 to "
                        + OnnxModel.MAX_ROWS + " are possible. Export it with a dynamic first dimension");
            }
        }
        if (fixed.stream().mapToLong(Check::rowsOf).distinct().count() > 1) {
            found.add("the inputs "
                    + String.join(" and ", fixed.stream().map(Value::toString).toList())
                    + " ask for different numbers of rows. Export the model with a dynamic first dimension");
        }
    }

    private static long rowsOf(Value input) {
        return input.form() instanceof Form.Tensor tensor && tensor.hasRows() ? tensor.rows() : -1;
    }

    private void bound(Input input) {
        List<String> names = signature.inputNames();
        if (!names.contains(input.name())) {
            found.add("the binding names an input '" + input.name() + "' that the model does not have; it has "
                    + Nearest.list(names) + meant(input.name(), names));
        }
        input.features().stream()
                .distinct()
                .filter(isFeature.negate())
                .forEach(key -> found.add("the input '" + input.name() + "' is bound to '" + key
                        + "', and there is no such feature" + meant(key, knownFeatures)));
    }

    /** Asks whether the nearest of the valid names was meant; nothing when none is near. */
    static String meant(String name, Collection<String> valid) {
        String nearest = Nearest.to(name, valid);
        return nearest.isEmpty() ? "" : ". Did you mean '" + nearest + "'?";
    }

    static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
