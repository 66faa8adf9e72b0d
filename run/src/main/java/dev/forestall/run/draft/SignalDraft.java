package dev.forestall.run.draft;

/**
 * A signal proposed.
 *
 * @param name in the pack
 * @param why where its figures come from, as a sentence
 */
record SignalDraft(String name, Detector detector, String why) {

    /** What it looks for. Types and steps are given by the numbers of types. */
    sealed interface Detector {

        /** The same again and again, within a run of the journey when there is one. */
        record Repeat(int type, int times, long withinMillis) implements Detector {}

        /** Longer in a step than most. */
        record Slow(int step, long longerMillis) implements Detector {}

        /** Nothing happens. */
        record Quiet(long silenceMillis) implements Detector {}

        /** Back to an earlier step. */
        record Back(int times) implements Detector {}

        /** More happened than to most. */
        record Many(long times) implements Detector {}

        /** A figure above that of most. */
        record High(Property property, String above) implements Detector {}

        /** A figure unlike the customer's own earlier ones. */
        record Unusual(Property property) implements Detector {}

        /** Without a journey: nothing happens for longer than it mostly takes. */
        record Silent(long withinMillis) implements Detector {}

        /** Without a journey: less than half as often as before. */
        record Fewer(int recentDays, int minimum) implements Detector {}
    }
}
