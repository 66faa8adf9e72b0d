package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.engine.JacksonArrivals;
import dev.forestall.benchmarks.engine.Pace;
import dev.forestall.benchmarks.engine.Workload;
import dev.forestall.benchmarks.stream.Activity;
import dev.forestall.benchmarks.stream.Partition;
import dev.forestall.benchmarks.stream.StreamSize;
import dev.forestall.benchmarks.stream.Traffic;
import dev.forestall.benchmarks.stream.TrafficFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** The stream in each of its forms. The parts are made before the race, as the sender of a partitioned log makes them. */
final class Workloads {

    private Workloads() {}

    /** @param parts into how many parts the stream will be asked for */
    static Workload objects(StreamSize size, int parts, Path folder) {
        var activities = Traffic.of(size).activities();
        return new InMemory(Workload.Form.OBJECTS, split(activities, parts), Pace.unlimited(), size, folder);
    }

    static Workload json(StreamSize size, int parts, Path folder) {
        return new InFiles(TrafficFiles.in(folder.resolve("streams"), size, parts), folder.resolve("scratch"));
    }

    /** In event-time order and numbered in that order, given out as the pace allows. */
    static Workload paced(StreamSize size, int parts, Pace pace, Path folder) {
        var activities = Traffic.of(size).activities();
        Arrays.sort(activities, Comparator.comparingLong(Activity::at).thenComparingInt(Activity::sequence));
        for (var i = 0; i < activities.length; i++) {
            var activity = activities[i];
            activities[i] = new Activity(i, activity.customer(), activity.type(), activity.at());
        }
        return new InMemory(Workload.Form.PACED, split(activities, parts), pace, size, folder);
    }

    private static List<Activity[]> split(Activity[] activities, int parts) {
        if (parts == 1) {
            return List.<Activity[]>of(activities);
        }
        return IntStream.range(0, parts)
                .mapToObj(part -> Arrays.stream(activities)
                        .filter(activity -> Partition.of(activity.customer(), parts) == part)
                        .toArray(Activity[]::new))
                .toList();
    }

    private static void checkParts(int made, int asked) {
        if (made != asked) {
            throw new IllegalArgumentException("the stream was split into " + made + " parts, not " + asked);
        }
    }

    private record InMemory(Form form, List<Activity[]> split, Pace pace, StreamSize size, Path folder)
            implements Workload {

        @Override
        public Iterator<Activity> arrivals(int part, int parts) {
            checkParts(split.size(), parts);
            var activities = split.get(part);
            return form == Form.PACED
                    ? new Paced(activities, pace)
                    : Arrays.asList(activities).iterator();
        }

        @Override
        public List<Path> files(int parts) {
            return json(size, parts, folder).files(parts);
        }

        @Override
        public Path scratch() {
            return folder.resolve("scratch");
        }
    }

    private record InFiles(List<Path> split, Path scratch) implements Workload {

        @Override
        public Form form() {
            return Form.JSON;
        }

        @Override
        public Iterator<Activity> arrivals(int part, int parts) {
            checkParts(split.size(), parts);
            return new JacksonArrivals(split.get(part));
        }

        @Override
        public List<Path> files(int parts) {
            checkParts(split.size(), parts);
            return split;
        }

        @Override
        public Pace pace() {
            return Pace.unlimited();
        }
    }

    private static final class Paced implements Iterator<Activity> {

        private final Activity[] activities;
        private final Pace pace;
        private int next;

        Paced(Activity[] activities, Pace pace) {
            this.activities = activities;
            this.pace = pace;
        }

        @Override
        public boolean hasNext() {
            return next < activities.length;
        }

        @Override
        public Activity next() {
            var activity = activities[next++];
            pace.await(activity.sequence());
            return activity;
        }
    }
}
