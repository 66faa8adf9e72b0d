package dev.forestall.run.draft;

import dev.forestall.run.draft.Stories.Story;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A journey proposed from the most frequent variants: the courses that most customers take. Types are given by their numbers.
 *
 * @param start types that begin it
 * @param steps types in the order in which a smooth run passes them
 * @param goal types that end it well
 * @param failed types that end it badly
 * @param bad types that sound bad, whether they end the journey or not
 * @param abandonedMillis after so long in silence it counts as abandoned; 0 for never
 * @param variants how many courses there are
 * @param frequent how many of them, the most frequent ones, make up most customers
 * @param covered the share of the customers who take one of those, 0 to 1
 * @param ends of each type that often comes last, the share of the customers for whom it does
 */
record Journey(
        List<Integer> start,
        List<Integer> steps,
        List<Integer> goal,
        List<Integer> failed,
        List<Integer> bad,
        long abandonedMillis,
        int variants,
        int frequent,
        double covered,
        Map<Integer, Double> ends) {

    private static final int MOST_STEPS = 8;
    private static final int MOST_STARTS = 5;
    private static final double COVERED = 0.8;
    private static final Pattern BAD = Pattern.compile(
            "cancel|reject|declin|denied|deny|fail|refus|abandon|collection|^return|complain|withdraw|withdrew|churn|terminat|expire|lost|dismiss|overdue"
                    + "|escalat|dispute|chargeback|bounce|breach");
    private static final Pattern GOOD = Pattern.compile(
            "clos|approv|complet|paid|pay|deliver|resolv|releas|finish|accept|success|done|confirm|activat|fulfil|purchas|checkout");

    /** None when only one thing ever happens, or nobody's story has an end. */
    static Optional<Journey> of(Stories stories) {
        if (stories.types().size() < 2) {
            return Optional.empty();
        }
        return Optional.of(new Finding(stories).journey());
    }

    /** Whether a type that is written like this sounds as if something had gone wrong. */
    static boolean soundsBad(String type) {
        return BAD.matcher(Slug.of(activity(type))).find();
    }

    private static boolean soundsGood(String type) {
        return GOOD.matcher(Slug.of(activity(type))).find() && !soundsBad(type);
    }

    /** Without the stage of its life that follows what is done. */
    private static String activity(String type) {
        int joint = type.lastIndexOf('/');
        return joint > 0 ? type.substring(0, joint) : type;
    }

    private static final class Finding {
        private final Stories stories;
        private final List<Story> covered = new ArrayList<>();
        private final int types;
        private int variants;
        private int frequent;

        Finding(Stories stories) {
            this.stories = stories;
            this.types = stories.types().size();
            cover();
        }

        /** Takes the most frequent courses until they make up most customers. */
        private void cover() {
            Map<List<Integer>, List<Story>> courses = new HashMap<>();
            stories.all()
                    .forEach(story -> courses.computeIfAbsent(course(story), each -> new ArrayList<>())
                            .add(story));
            variants = courses.size();
            List<Map.Entry<List<Integer>, List<Story>>> sorted = courses.entrySet().stream()
                    .sorted(Comparator.<Map.Entry<List<Integer>, List<Story>>>comparingInt(
                                    each -> -each.getValue().size())
                            .thenComparing(each -> each.getKey().toString()))
                    .toList();
            for (Map.Entry<List<Integer>, List<Story>> each : sorted) {
                if (covered.size() >= COVERED * stories.all().size()) {
                    break;
                }
                frequent++;
                covered.addAll(each.getValue());
            }
        }

        /** What happened, one after the other, the same thing again and again counting once. */
        private static List<Integer> course(Story story) {
            List<Integer> course = new ArrayList<>();
            for (int type : story.types()) {
                if (course.isEmpty() || course.getLast() != type) {
                    course.add(type);
                }
            }
            return course;
        }

        Journey journey() {
            long[] gaps = stories.gaps();
            List<Story> finished = finished(Stories.quantile(gaps, 0.95));
            int[] last = new int[types];
            finished.forEach(story -> last[story.last()]++);
            Map<Integer, Double> ends = new TreeMap<>();
            IntStream.range(0, types)
                    .filter(type -> last[type] >= 0.02 * finished.size() && last[type] > 0)
                    .forEach(type -> ends.put(type, (double) last[type] / finished.size()));
            List<Integer> starts = starts();
            List<Integer> bad = IntStream.range(0, types)
                    .filter(type -> soundsBad(stories.types().get(type)))
                    .boxed()
                    .toList();
            List<Integer> goal = goal(ends, starts, bad);
            List<Integer> failed = failed(goal, bad, starts);
            SortedSet<Integer> over = new TreeSet<>(goal);
            over.addAll(bad);
            long abandoned = Stories.quantile(gaps, 0.99);
            return new Journey(
                    starts,
                    steps(starts, over),
                    goal,
                    failed,
                    bad,
                    abandoned > 0 && 3 * abandoned <= stories.span() ? abandoned : 0,
                    variants,
                    frequent,
                    (double) covered.size() / stories.all().size(),
                    ends);
        }

        /** Those who have been silent for longer than most pauses are. */
        private List<Story> finished(long quiet) {
            List<Story> finished = stories.all().stream()
                    .filter(story -> story.at()[story.length() - 1] < stories.lastMillis() - quiet)
                    .toList();
            return finished.size() >= 30 ? finished : stories.all();
        }

        private List<Integer> starts() {
            int[] first = new int[types];
            stories.all().forEach(story -> first[story.types()[0]]++);
            List<Integer> starts = new ArrayList<>();
            int covered = 0;
            for (int type : byFrequency(first)) {
                if (covered >= 0.95 * stories.all().size() || starts.size() == MOST_STARTS || first[type] == 0) {
                    break;
                }
                starts.add(type);
                covered += first[type];
            }
            return starts;
        }

        private List<Integer> goal(Map<Integer, Double> ends, List<Integer> starts, Collection<Integer> bad) {
            List<Integer> goal = new ArrayList<>(ends.keySet().stream()
                    .filter(type -> !bad.contains(type) && !starts.contains(type) && isTerminal(type))
                    .toList());
            if (goal.stream().noneMatch(type -> soundsGood(stories.types().get(type)))) {
                IntStream.range(0, types)
                        .filter(type -> !goal.contains(type) && !starts.contains(type) && isLate(type, 0.05))
                        .filter(type -> soundsGood(stories.types().get(type)))
                        .forEach(goal::add);
            }
            if (goal.isEmpty()) {
                ends.entrySet().stream()
                        .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
                        .map(Map.Entry::getKey)
                        .sorted(Comparator.comparing(type -> bad.contains(type) || starts.contains(type)))
                        .findFirst()
                        .ifPresent(goal::add);
            }
            return goal;
        }

        /** Whether it mostly is the last that happens. */
        private boolean isTerminal(int type) {
            long all = 0;
            long last = 0;
            for (Story story : stories.all()) {
                int count = story.count(type);
                all += count;
                last += count > 0 && story.last() == type ? 1 : 0;
            }
            return last >= 0.5 * all;
        }

        /** Whether it comes near the end of those to whom it happens, and to enough of them. */
        private boolean isLate(int type, double fewest) {
            double sum = 0;
            int with = 0;
            for (Story story : stories.all()) {
                int at = story.first(type, 0);
                if (at >= 0) {
                    with++;
                    sum += story.length() == 1 ? 1 : (double) at / (story.length() - 1);
                }
            }
            return with >= fewest * stories.all().size() && sum >= 0.8 * with;
        }

        /** What sounds bad and happens while the journey is under way: what comes behind the goal ends nothing. */
        private List<Integer> failed(List<Integer> goal, List<Integer> bad, List<Integer> starts) {
            return bad.stream()
                    .filter(type -> !goal.contains(type) && !starts.contains(type))
                    .filter(type -> isTerminal(type) || isLate(type, 0.01))
                    .filter(type -> {
                        int with = 0;
                        int behind = 0;
                        for (Story story : stories.all()) {
                            int at = story.first(type, 0);
                            with += at >= 0 ? 1 : 0;
                            behind += at >= 0
                                            && goal.stream().anyMatch(each -> {
                                                int reached = story.first(each, 0);
                                                return reached >= 0 && reached < at;
                                            })
                                    ? 1
                                    : 0;
                        }
                        return with > 0 && 2 * behind <= with;
                    })
                    .toList();
        }

        private List<Integer> steps(List<Integer> starts, Collection<Integer> over) {
            int[] with = new int[types];
            for (Story story : covered) {
                Arrays.stream(story.types()).distinct().forEach(type -> with[type]++);
            }
            List<Integer> frequentTypes = byFrequency(with).stream()
                    .filter(type -> !over.contains(type) && with[type] >= 0.1 * covered.size())
                    .limit(MOST_STEPS)
                    .toList();
            return inOrder(frequentTypes.isEmpty() ? starts : frequentTypes);
        }

        /** Before how many of the others each mostly comes: the more, the earlier (Copeland's method). */
        private List<Integer> inOrder(List<Integer> steps) {
            Map<Integer, Integer> wins = new HashMap<>();
            for (int one : steps) {
                int won = 0;
                for (int other : steps) {
                    won += one != other && mostlyBefore(one, other) ? 1 : 0;
                }
                wins.put(one, won);
            }
            return steps.stream()
                    .sorted(Comparator.comparingInt((Integer step) -> -wins.getOrDefault(step, 0))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }

        private boolean mostlyBefore(int one, int other) {
            int before = 0;
            for (Story story : covered) {
                int first = story.first(one, 0);
                int second = story.first(other, 0);
                before += first < 0 || second < 0 ? 0 : first < second ? 1 : -1;
            }
            return before > 0;
        }

        private static List<Integer> byFrequency(int[] counts) {
            return IntStream.range(0, counts.length)
                    .boxed()
                    .sorted(Comparator.comparingInt((Integer type) -> -counts[type])
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }
}
