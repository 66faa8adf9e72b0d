package dev.forestall.benchmarks.forestall;

import dev.forestall.benchmarks.engine.Contender;
import dev.forestall.benchmarks.engine.Pace;
import dev.forestall.benchmarks.engine.Track;
import dev.forestall.benchmarks.engine.Workload;
import dev.forestall.benchmarks.engine.Workload.Form;
import dev.forestall.benchmarks.pattern.MatchSink;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.embedded.MemoryRun;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Event;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Forestall without a disk: the pack's definition run by the embedded host's partitions in memory.
 *
 * @param threads each takes its own part of the customers and shares nothing
 */
public record ForestallInMemory(int threads) implements Contender {

    @Override
    public String name() {
        return threads == 1 ? "forestall" : "forestall-" + threads;
    }

    @Override
    public Set<Pattern> patterns() {
        return EnumSet.allOf(Pattern.class);
    }

    @Override
    public Race prepare(Workload workload) {
        var pack = PatternsPack.compile();
        var parts = IntStream.range(0, threads)
                .mapToObj(part -> Events.of(pack, workload, part, threads))
                .toList();
        return track -> run(pack.definition(), parts, workload, track);
    }

    private void run(Definition definition, List<Iterable<Event>> events, Workload workload, Track track)
            throws Exception {
        var parts = new ArrayList<Part>();
        events.forEach(each -> parts.add(new Part(definition, track.sink())));
        if (threads == 1) {
            parts.getFirst().detect(events.getFirst(), workload);
        } else {
            inParallel(parts, events, workload);
        }
        track.full();
        parts.forEach(Part::finish);
    }

    private void inParallel(List<Part> parts, List<Iterable<Event>> events, Workload workload) throws Exception {
        var work = IntStream.range(0, threads)
                .<Callable<Integer>>mapToObj(i -> () -> parts.get(i).detect(events.get(i), workload))
                .toList();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var running : pool.invokeAll(work)) {
                running.get();
            }
        }
    }

    private static final class Part {

        private static final int BATCH = 256;

        private final MemoryRun run;
        private final MatchSink matches;
        private int sequence;

        Part(Definition definition, MatchSink matches) {
            this.run = new MemoryRun(definition, this::report);
            this.matches = matches;
        }

        int detect(Iterable<Event> events, Workload workload) {
            if (workload.form() == Form.PACED) {
                oneByOne(events, workload.pace());
            } else {
                byBatches(events);
            }
            return sequence;
        }

        private void oneByOne(Iterable<Event> events, Pace pace) {
            for (var event : events) {
                pace.await(sequence);
                run.accept(event);
                sequence++;
            }
        }

        /** As a replay does it, or a host under load. All matches of a batch are put down to its first event. */
        private void byBatches(Iterable<Event> events) {
            var batch = new ArrayList<Event>(BATCH);
            for (var event : events) {
                batch.add(event);
                if (batch.size() == BATCH) {
                    run.accept(batch);
                    sequence += batch.size();
                    batch.clear();
                }
            }
            run.accept(batch);
            sequence += batch.size();
        }

        void finish() {
            run.finish();
        }

        private void report(List<Effect> effects) {
            for (var i = 0; i < effects.size(); i++) {
                PatternsPack.report(effects.get(i), sequence, matches);
            }
        }
    }
}
