package dev.forestall.learning.boosting;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forestall.loop.risk.Forest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Reads the trees of an XGBoost booster from its own JSON form, in which every number stands with as many digits as it needs. The
 * objective must be {@code binary:logistic} with one tree a round.
 */
public final class XgboostForest {

    /** What is read of each tree. */
    private static final List<String> ARRAYS = List.of(
            "left_children",
            "right_children",
            "split_indices",
            "split_conditions",
            "default_left",
            "base_weights",
            "sum_hessian");

    private final List<Map<String, double[]>> trees = new ArrayList<>();
    private double baseScore = 0.5;

    private XgboostForest() {}

    /** @throws IllegalStateException when the library gives what it does not document */
    public static Forest of(Booster booster) throws XGBoostError {
        XgboostForest reading = new XgboostForest();
        try (JsonParser json = new JsonFactory().createParser(booster.toByteArray("json"))) {
            reading.read(json);
        } catch (IOException broken) {
            throw new IllegalStateException("the library's own JSON cannot be read: " + broken.getMessage(), broken);
        }
        // The library keeps the base as a float and takes its logarithm in floats.
        float base = (float) reading.baseScore;
        float margin = (float) -Math.log(1.0f / base - 1.0f);
        return new Forest(
                margin, reading.trees.stream().map(XgboostForest::tree).toList());
    }

    private void read(JsonParser json) throws IOException {
        Map<String, double[]> tree = new TreeMap<>();
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (token != JsonToken.FIELD_NAME) {
                continue;
            }
            String name = json.currentName();
            if (name.equals("base_score")) {
                json.nextToken();
                String text = json.getText();
                baseScore = Double.parseDouble(text.replace("[", "").replace("]", ""));
            } else if (ARRAYS.contains(name) && json.nextToken() == JsonToken.START_ARRAY) {
                tree.put(name, numbers(json));
                if (tree.size() == ARRAYS.size()) {
                    trees.add(tree);
                    tree = new TreeMap<>();
                }
            }
        }
    }

    private static double[] numbers(JsonParser json) throws IOException {
        double[] numbers = new double[64];
        int size = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
            }
            numbers[size++] = switch (token) {
                case VALUE_TRUE -> 1;
                case VALUE_FALSE -> 0;
                // Floats stand with the digits that a float needs: reading them as such gives the very same one.
                case VALUE_NUMBER_FLOAT -> Float.parseFloat(json.getText());
                case VALUE_NUMBER_INT -> json.getLongValue();
                default -> throw new IOException("a number was expected, not " + json.getText());
            };
        }
        return Arrays.copyOf(numbers, size);
    }

    private static double[] array(Map<String, double[]> read, String name) {
        return Objects.requireNonNull(read.get(name), name);
    }

    /** Nodes in the order of their depth, siblings side by side. */
    private static Forest.Tree tree(Map<String, double[]> read) {
        double[] lefts = array(read, "left_children");
        double[] rights = array(read, "right_children");
        int size = lefts.length;
        int[] order = new int[size];
        int[] left = new int[size];
        Deque<Integer> open = new ArrayDeque<>(List.of(0));
        int count = 1;
        while (!open.isEmpty()) {
            int place = open.removeFirst();
            int node = order[place];
            if (lefts[node] >= 0) {
                left[place] = count;
                order[count] = (int) lefts[node];
                order[count + 1] = (int) rights[node];
                open.addLast(count);
                open.addLast(count + 1);
                count += 2;
            }
        }
        int[] feature = new int[count];
        float[] threshold = new float[count];
        boolean[] defaultLeft = new boolean[count];
        float[] value = new float[count];
        float[] cover = new float[count];
        for (int i = 0; i < count; i++) {
            int node = order[i];
            boolean isLeaf = lefts[node] < 0;
            feature[i] = isLeaf ? -1 : (int) array(read, "split_indices")[node];
            threshold[i] = isLeaf ? 0 : (float) array(read, "split_conditions")[node];
            value[i] = isLeaf ? (float) array(read, "split_conditions")[node] : 0;
            defaultLeft[i] = array(read, "default_left")[node] != 0;
            cover[i] = Math.max(Float.MIN_NORMAL, (float) array(read, "sum_hessian")[node]);
        }
        return new Forest.Tree(feature, threshold, Arrays.copyOf(left, count), defaultLeft, value, cover);
    }
}
