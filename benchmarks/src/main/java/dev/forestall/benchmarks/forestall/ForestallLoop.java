package dev.forestall.benchmarks.forestall;

import static java.util.Objects.requireNonNull;

import dev.forestall.benchmarks.engine.Contender;
import dev.forestall.benchmarks.engine.EventTimeOrder;
import dev.forestall.benchmarks.engine.Track;
import dev.forestall.benchmarks.engine.Workload;
import dev.forestall.benchmarks.engine.Workload.Form;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.benchmarks.stream.Activity;
import dev.forestall.loop.Definition;
import dev.forestall.loop.event.Event;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * The loop alone, in memory: state of a customer as one blob, read and written by each step, and wake-ups for the silent.
 *
 * @param threads each takes its own part of the customers and shares nothing
 */
public record ForestallLoop(int threads) implements Contender {

    private static final int USER_ID = 0;

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
        var definition = FourPatterns.definition();
        var parts = IntStream.range(0, threads)
                .mapToObj(part -> events(definition, workload, part))
                .toList();
        return track -> run(definition, parts, workload, track);
    }

    /** Objects are turned into events of the loop beforehand; from JSON they are made as they are read. */
    private Iterable<Event> events(Definition definition, Workload workload, int part) {
        if (workload.form() == Form.JSON) {
            return () -> asEvents(definition, workload.arrivals(part, threads));
        }
        var events = new ArrayList<Event>();
        asEvents(definition, workload.arrivals(part, threads)).forEachRemaining(events::add);
        return events;
    }

    private static Iterator<Event> asEvents(Definition definition, Iterator<Activity> activities) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return activities.hasNext();
            }

            @Override
            public Event next() {
                var activity = activities.next();
                var plan = definition.plan();
                return Event.of(plan, requireNonNull(plan.typeOrNull(activity.type())), "", activity.at())
                        .identifier(USER_ID, activity.customer())
                        .build();
            }
        };
    }

    private void run(Definition definition, List<Iterable<Event>> parts, Workload workload, Track track)
            throws Exception {
        var subjects = new ArrayList<Subjects>();
        var work = new ArrayList<Callable<Integer>>();
        for (var part : parts) {
            var mine = new Subjects(definition, track.sink());
            subjects.add(mine);
            work.add(() -> detect(mine, part.iterator(), workload));
        }
        if (threads == 1) {
            work.getFirst().call();
        } else {
            try (var pool = Executors.newFixedThreadPool(threads)) {
                for (var future : pool.invokeAll(work)) {
                    future.get();
                }
            }
        }
        track.full();
        subjects.forEach(each -> each.passed(Integer.MAX_VALUE, Long.MAX_VALUE));
    }

    private static int detect(Subjects subjects, Iterator<Event> arrivals, Workload workload) {
        var isPaced = workload.form() == Form.PACED;
        var events = isPaced ? arrivals : new EventTimeOrder<>(arrivals, Event::atMillis);
        var position = 0;
        while (events.hasNext()) {
            var event = events.next();
            if (isPaced) {
                workload.pace().await(position);
            }
            subjects.after(position++, requireNonNull(event.identifier(USER_ID)), event);
        }
        return position;
    }
}
