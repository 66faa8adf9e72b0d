package dev.forestall.benchmarks.engine;

import dev.forestall.benchmarks.pattern.MatchSink;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.benchmarks.stream.Activity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What a good Java programmer would write for exactly these patterns: a hash map from customer to facts, and a queue of pending
 * stalls, which become due in the order in which they began. The measure of all others.
 *
 * @param threads each takes its own part of the customers and shares nothing
 */
public record HandWritten(int threads, Set<Pattern> patterns) implements Contender {

    @Override
    public String name() {
        return "hand-written" + (patterns.contains(Pattern.DECLINE) ? "" : "-p123")
                + (threads == 1 ? "" : "-" + threads);
    }

    @Override
    public Race prepare(Workload workload) {
        return threads == 1 ? track -> runAlone(workload, track) : track -> runParts(workload, track);
    }

    private void runAlone(Workload workload, Track track) {
        detect(workload.inEventTime(0, 1), track.sink(), track::full);
    }

    /** Finds the patterns in activities that come in event-time order. */
    void detect(Iterator<Activity> inEventTime, MatchSink matches, Runnable full) {
        var part = new Part(matches, patterns.contains(Pattern.DECLINE));
        part.detect(inEventTime);
        full.run();
        part.finish();
    }

    private void runParts(Workload workload, Track track) throws Exception {
        var parts = new ArrayList<Part>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<Future<?>>();
            for (var i = 0; i < threads; i++) {
                var part = new Part(track.sink(), patterns.contains(Pattern.DECLINE));
                var number = i;
                parts.add(part);
                running.add(pool.submit(() -> part.detect(workload.inEventTime(number, threads))));
            }
            for (var future : running) {
                future.get();
            }
        }
        track.full();
        parts.forEach(Part::finish);
    }

    private static final class Part {

        private final HashMap<String, CustomerFacts> customers = new HashMap<>();
        private final ArrayDeque<Pending> stalls = new ArrayDeque<>();
        private final MatchSink matches;
        private final boolean watchesDecline;

        private record Pending(long due, String customer, CustomerFacts facts) {}

        Part(MatchSink matches, boolean watchesDecline) {
            this.matches = matches;
            this.watchesDecline = watchesDecline;
        }

        void detect(Iterator<Activity> inEventTime) {
            while (inEventTime.hasNext()) {
                after(inEventTime.next());
            }
        }

        void finish() {
            stallBefore(Long.MAX_VALUE);
        }

        private void after(Activity activity) {
            stallBefore(activity.at());
            var facts = customers.get(activity.customer());
            if (facts == null) {
                facts = new CustomerFacts();
                customers.put(activity.customer(), facts);
            }
            facts.after(activity, watchesDecline, matches);
            if (activity.type().equals("checkout_step")) {
                stalls.add(new Pending(facts.stallsAt, activity.customer(), facts));
            }
        }

        private void stallBefore(long time) {
            for (@Nullable Pending next = stalls.peek(); next != null && next.due < time; next = stalls.peek()) {
                stalls.remove();
                // A later step or a purchase has moved or ended it otherwise; then nothing is due here.
                if (next.facts.stallsAt == next.due) {
                    next.facts.stallBefore(time, next.customer, matches);
                }
            }
        }
    }
}
