package dev.forestall.benchmarks.forestall;

import dev.forestall.benchmarks.pattern.MatchSink;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.State;
import java.util.HashMap;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The smallest host that the loop can have: states in a hash map, wake-ups in a queue, one thread, nothing on disk. */
final class Subjects {

    private final Loop loop;
    private final MatchSink matches;
    private final HashMap<String, Subject> subjects = new HashMap<>();
    private final PriorityQueue<Wake> wakes = new PriorityQueue<>();

    private static final class Subject {

        private final SubjectId id;
        private State state = State.EMPTY;

        /** The earliest wake-up that stands in the queue for it: never later than the one it wants. */
        private long queuedMillis = Cells.NEVER;

        Subject(SubjectId id) {
            this.id = id;
        }
    }

    private record Wake(long atMillis, Subject subject) implements Comparable<Wake> {
        @Override
        public int compareTo(Wake other) {
            return Long.compare(atMillis, other.atMillis);
        }
    }

    Subjects(Definition definition, MatchSink matches) {
        this.loop = new Loop(definition);
        this.matches = matches;
    }

    /** Something happened; comes in event-time order. */
    void after(int position, String customer, Event event) {
        passed(position, event.atMillis());
        var subject = subjects.get(customer);
        if (subject == null) {
            subject = new Subject(SubjectId.customer(customer));
            subjects.put(customer, subject);
        }
        step(subject, new Input.Happened(position, event));
    }

    /** All before this time has been seen: those who wait in silence are woken. */
    void passed(int position, long atMillis) {
        for (@Nullable Wake next = wakes.peek(); next != null && next.atMillis < atMillis; next = wakes.peek()) {
            wakes.remove();
            var subject = next.subject;
            subject.queuedMillis = Cells.NEVER;
            var wanted = Cells.nextWake(subject.state);
            if (wanted < atMillis) {
                step(subject, new Input.Passed(position, 0, atMillis));
            } else {
                await(subject, wanted);
            }
        }
    }

    private void step(Subject subject, Input input) {
        var step = loop.step(subject.id, subject.state, input);
        subject.state = step.next();
        var effects = step.effects();
        for (var i = 0; i < effects.size(); i++) {
            report(subject.id, effects.get(i));
        }
        await(subject, step.wakeMillis());
    }

    private void await(Subject subject, long atMillis) {
        if (atMillis < subject.queuedMillis) {
            subject.queuedMillis = atMillis;
            wakes.add(new Wake(atMillis, subject));
        }
    }

    private void report(SubjectId subject, Effect effect) {
        if (effect instanceof Effect.Signalled signalled && signalled.signal() instanceof Signal.Raised raised) {
            var pattern = Pattern.valueOf(raised.name());
            var cause = pattern == Pattern.STALL
                    ? MatchSink.TIME
                    : Math.toIntExact(raised.id().position());
            matches.match(pattern, subject.key(), raised.atMillis(), cause);
        }
    }
}
