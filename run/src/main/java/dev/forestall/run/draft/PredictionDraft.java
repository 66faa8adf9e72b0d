package dev.forestall.run.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A prediction proposed.
 *
 * @param name in the pack
 * @param why where its horizon comes from, as a sentence
 */
record PredictionDraft(String name, Target target, long horizonMillis, String why) {

    private static final long HOUR = 3_600_000;

    /** What is asked. Types are given by their numbers. */
    sealed interface Target {

        /** Something bad happens, asked of those to whom it has not happened yet. */
        record GoesWrong(List<Integer> types) implements Target {}

        /** The journey reaches its goal, asked while it is open. */
        record Arrives(List<Integer> types) implements Target {}

        /** Nothing moves in the journey, asked while it is open. */
        record Stalls() implements Target {}

        /** Anything happens at all. */
        record ComesBack() implements Target {}

        /** Nothing happens at all. */
        record StaysAway() implements Target {}
    }

    /** Two questions whose answers differ between customers. */
    static List<PredictionDraft> of(Stories stories, Optional<Journey> journey) {
        long[] gaps = stories.gaps();
        long longest = Math.max(HOUR, stories.span() / 5);
        long half = within(Stories.quantile(gaps, 0.5), longest);
        long most = within(Stories.quantile(gaps, 0.9), longest);
        if (journey.isEmpty()) {
            return List.of(
                    new PredictionDraft("comes_back", new Target.ComesBack(), half, "half of the pauses are shorter"),
                    new PredictionDraft("stays_away", new Target.StaysAway(), most, "nine of ten pauses are shorter"));
        }
        List<PredictionDraft> drafts = new ArrayList<>();
        List<Integer> bad = frequent(stories, journey.get().bad());
        if (bad.isEmpty()) {
            List<Integer> goal = journey.get().goal();
            drafts.add(new PredictionDraft(
                    "arrives",
                    new Target.Arrives(goal),
                    within(Stories.quantile(until(stories, goal), 0.5), longest),
                    "half of those who get there need no longer"));
        } else {
            drafts.add(new PredictionDraft(
                    "goes_wrong",
                    new Target.GoesWrong(bad),
                    within(Stories.quantile(until(stories, bad), 0.9), longest),
                    "of nine of ten to whom it happens, it happens within that time"));
        }
        drafts.add(new PredictionDraft("stalls", new Target.Stalls(), most, "nine of ten pauses are shorter"));
        return List.copyOf(drafts);
    }

    /** Rounded later; at least an hour, and short enough that the log holds what came of most moments. */
    private static long within(long millis, long longest) {
        return Math.clamp(millis, HOUR, longest);
    }

    /** All of those that together happen to enough customers to learn from. */
    private static List<Integer> frequent(Stories stories, List<Integer> bad) {
        long with = stories.all().stream()
                .filter(story -> bad.stream().anyMatch(type -> story.first(type, 1) > 0))
                .count();
        return with >= 0.02 * stories.all().size() && with >= 30 ? bad : List.of();
    }

    /** From a customer's first event to the first of some types. */
    private static long[] until(Stories stories, List<Integer> types) {
        return stories.all().stream()
                .flatMapToLong(story -> {
                    for (int i = 0; i < story.length(); i++) {
                        if (types.contains(story.types()[i])) {
                            return Arrays.stream(new long[] {story.at()[i] - story.at()[0]});
                        }
                    }
                    return Arrays.stream(new long[0]);
                })
                .sorted()
                .toArray();
    }
}
