package dev.forestall.onnx;

import ai.onnxruntime.OnnxJavaType;

/** What a tensor or a map of a model is made of. */
public enum Element {
    FLOAT("float"),
    DOUBLE("double"),
    INT64("int64"),
    INT32("int32"),
    BOOL("bool"),
    TEXT("string"),
    /** Whatever no feature can be and no probability is. */
    OTHER("of a type that is not supported");

    private final String words;

    Element(String words) {
        this.words = words;
    }

    /** As the ONNX documents call it. */
    public String words() {
        return words;
    }

    /** Whether a number of a feature can be given as one; NaN needs {@link #holdsAbsent}. */
    boolean isNumber() {
        return this != TEXT && this != OTHER;
    }

    /** Whether it knows NaN, and so a feature that is absent. */
    boolean holdsAbsent() {
        return this == FLOAT || this == DOUBLE;
    }

    static Element of(OnnxJavaType type) {
        return switch (type) {
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case INT64 -> INT64;
            case INT32 -> INT32;
            case BOOL -> BOOL;
            case STRING -> TEXT;
            default -> OTHER;
        };
    }
}
