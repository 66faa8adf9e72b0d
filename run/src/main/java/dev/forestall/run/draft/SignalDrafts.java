package dev.forestall.run.draft;

import dev.forestall.run.draft.SignalDraft.Detector;
import dev.forestall.run.draft.Stories.Story;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Proposes signals whose limits are those of about nine in ten, so that each fires for about one in ten. */
final class SignalDrafts {

    /** So rare is too rare to matter. */
    static final double RAREST = 0.01;

    /** So frequent says nothing. */
    static final double MOST_FREQUENT = 0.6;

    private static final int FEWEST = 4;
    private static final int MOST = 8;
    private static final double AIM = 0.1;
    private static final long DAY = 86_400_000;
    private static final long MINUTE = 60_000;

    private final Stories stories;
    private final Optional<Journey> journey;
    private final List<Property> properties;
    private final List<String> events;
    private final Slug names = new Slug();
    private final List<SignalDraft> drafts = new ArrayList<>();

    private SignalDrafts(Stories stories, Optional<Journey> journey, List<Property> properties, List<String> events) {
        this.stories = stories;
        this.journey = journey;
        this.properties = properties;
        this.events = events;
    }

    /** @param events what the pack calls the types */
    static List<SignalDraft> of(
            Stories stories, Optional<Journey> journey, List<Property> properties, List<String> events) {
        return new SignalDrafts(stories, journey, properties, events).all();
    }

    /**
     * Of those that were tried on the file: four to eight that are neither rare nor usual, the nearest to one customer in ten first.
     *
     * @param customers for how many customers each was raised, by name
     * @param all how many customers there are
     */
    static List<SignalDraft> worthwhile(List<SignalDraft> drafts, Map<String, Long> customers, long all) {
        Comparator<SignalDraft> nearest =
                Comparator.comparingDouble(each -> Math.abs(Math.log(share(each, customers, all) / AIM)));
        List<SignalDraft> sorted = drafts.stream()
                .filter(each -> share(each, customers, all) > 0)
                .sorted(nearest)
                .toList();
        List<SignalDraft> kept = sorted.stream()
                .filter(each -> share(each, customers, all) >= RAREST && share(each, customers, all) <= MOST_FREQUENT)
                .limit(MOST)
                .toList();
        List<SignalDraft> chosen =
                kept.size() >= FEWEST ? kept : sorted.stream().limit(FEWEST).toList();
        return drafts.stream().filter(chosen::contains).toList();
    }

    private static double share(SignalDraft draft, Map<String, Long> customers, long all) {
        return all == 0 ? 0 : (double) customers.getOrDefault(draft.name(), 0L) / all;
    }

    private List<SignalDraft> all() {
        journey.ifPresentOrElse(this::ofJourney, this::ofSubject);
        repeats();
        many();
        figures();
        return List.copyOf(drafts);
    }

    private void add(String name, Detector detector, String why) {
        drafts.add(new SignalDraft(names.name(name, "signal"), detector, why));
    }

    private void ofJourney(Journey found) {
        Runs runs = Runs.of(stories, found);
        runs.stays().entrySet().stream()
                .filter(each -> each.getValue().length >= 30 && Stories.quantile(each.getValue(), 0.9) >= MINUTE)
                .sorted(Comparator.comparingDouble(
                        each -> -Arrays.stream(each.getValue()).asDoubleStream().sum()))
                .limit(3)
                .forEach(each -> add(
                        "slow_" + events.get(each.getKey()),
                        new Detector.Slow(each.getKey(), Stories.quantile(each.getValue(), 0.9)),
                        "nine of ten have moved on by then"));
        long[] gaps = stories.gaps();
        if (gaps.length > 0 && Stories.quantile(gaps, 0.95) >= MINUTE) {
            add("gone_quiet", new Detector.Quiet(Stories.quantile(gaps, 0.95)), "19 of 20 pauses are shorter");
        }
        int times = IntStream.rangeClosed(1, 20)
                .filter(each -> runs.shareGoingBack(each) <= 0.3)
                .findFirst()
                .orElse(20);
        if (runs.shareGoingBack(times) >= RAREST) {
            add(
                    "back_and_forth",
                    new Detector.Back(times),
                    Rounded.percent(runs.shareGoingBack(times)) + " of the runs go back so often");
        }
    }

    private void ofSubject() {
        long[] gaps = stories.gaps();
        if (Stories.quantile(gaps, 0.9) > 0) {
            add("silent", new Detector.Silent(Stories.quantile(gaps, 0.9)), "nine of ten pauses are shorter");
        }
        if (stories.span() >= 60 * DAY) {
            int recent = stories.span() >= 365 * DAY ? 28 : 7;
            add("fewer", new Detector.Fewer(recent, 4), "compared with the time before, which held at least 4");
        }
    }

    /** The types that come back often enough, and seldom enough. */
    private void repeats() {
        record Often(int type, int times, double share) {}
        List<Often> often = new ArrayList<>();
        for (int type = 0; type < stories.types().size(); type++) {
            int each = type;
            long[] counts = stories.all().stream()
                    .mapToLong(story -> story.count(each))
                    .sorted()
                    .toArray();
            for (int times = 2; times <= 50; times++) {
                int at = times;
                double share = (double) Arrays.stream(counts)
                                .filter(count -> count >= at)
                                .count()
                        / counts.length;
                if (share <= 0.25) {
                    if (share >= 0.02) {
                        often.add(new Often(type, times, share));
                    }
                    break;
                }
            }
        }
        often.stream()
                .sorted(Comparator.comparingDouble(each -> Math.abs(Math.log(each.share() / AIM))))
                .limit(2)
                .forEach(each -> add(
                        events.get(each.type()) + "_again",
                        new Detector.Repeat(each.type(), each.times(), within(each.type(), each.times())),
                        Rounded.percent(each.share())
                                + " of the customers have it so often at all, nine of ten of them within that time"));
    }

    /** The time within which nine of ten of those who have it so often have it so often. */
    private long within(int type, int times) {
        long[] spans = stories.all().stream()
                .filter(story -> story.count(type) >= times)
                .mapToLong(story -> {
                    long[] at = IntStream.range(0, story.length())
                            .filter(i -> story.types()[i] == type)
                            .mapToLong(i -> story.at()[i])
                            .toArray();
                    return at[times - 1] - at[0];
                })
                .sorted()
                .toArray();
        return Math.max(60 * MINUTE, Stories.quantile(spans, 0.9) + 1);
    }

    private void many() {
        long[] lengths =
                stories.all().stream().mapToLong(Story::length).sorted().toArray();
        long most = Stories.quantile(lengths, 0.9) + 1;
        if (lengths[lengths.length - 1] >= most && most > 2) {
            add("many_events", new Detector.Many(most), "nine of ten have fewer");
        }
    }

    private void figures() {
        properties.stream()
                .filter(each ->
                        each.isNumeric() && !each.isPersonal() && !each.column().isCommaNumber())
                .filter(each -> each.column().distinct() >= 20)
                .sorted(Comparator.comparing((Property each) -> each.type() != Property.Type.MONEY)
                        .thenComparing(each -> -each.column().filled()))
                .limit(2)
                .forEach(each -> add(
                        "high_" + each.name(),
                        new Detector.High(each, Rounded.up(each.column().quantile(0.9))),
                        "nine of ten values are lower"));
        if (journey.isEmpty()) {
            properties.stream()
                    .filter(each -> each.isNumeric()
                            && !each.isPersonal()
                            && each.column().distinct() >= 20)
                    .limit(1)
                    .forEach(each -> add(
                            "unusual_" + each.name(),
                            new Detector.Unusual(each),
                            "beyond 3.5 robust standard deviations"));
        }
    }

    /**
     * How runs of the proposed journey went.
     *
     * @param stays how long customers stayed in each step before they moved on, ascending, by the step's type
     * @param back of each run, how often it went back
     */
    record Runs(Map<Integer, long[]> stays, int[] back) {

        static Runs of(Stories stories, Journey journey) {
            Map<Integer, List<Long>> stays = new TreeMap<>();
            List<Integer> back = new ArrayList<>();
            stories.all().forEach(story -> walk(story, journey, stays, back));
            Map<Integer, long[]> sorted = new TreeMap<>();
            stays.forEach((step, each) -> sorted.put(
                    step, each.stream().mapToLong(Long::longValue).sorted().toArray()));
            return new Runs(sorted, back.stream().mapToInt(Integer::intValue).toArray());
        }

        private static void walk(Story story, Journey journey, Map<Integer, List<Long>> stays, List<Integer> back) {
            boolean isOpen = false;
            int step = -1;
            long since = 0;
            int wentBack = 0;
            for (int i = 0; i < story.length(); i++) {
                int type = story.types()[i];
                isOpen |= journey.start().contains(type);
                boolean ends = journey.goal().contains(type) || journey.failed().contains(type);
                int next = journey.steps().indexOf(type);
                if (!isOpen || !ends && (next < 0 || next == step)) {
                    continue;
                }
                if (step >= 0) {
                    stays.computeIfAbsent(journey.steps().get(step), each -> new ArrayList<>())
                            .add(story.at()[i] - since);
                }
                if (ends) {
                    back.add(wentBack);
                    isOpen = false;
                    step = -1;
                    wentBack = 0;
                } else {
                    wentBack += next < step ? 1 : 0;
                    step = next;
                    since = story.at()[i];
                }
            }
            if (isOpen) {
                back.add(wentBack);
            }
        }

        double shareGoingBack(int times) {
            return back.length == 0
                    ? 0
                    : (double) Arrays.stream(back).filter(each -> each >= times).count() / back.length;
        }
    }
}
