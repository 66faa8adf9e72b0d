package dev.forestall.testkit;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.Step;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs the loop over any number of subjects in memory: the reference for the order that every host keeps. For one thread.
 *
 * <p>Events are applied in the order in which they are given, each to the customer and to every entity that it names, and stand at one
 * position of the log each. The watermark is the latest event time seen minus the definition's lateness. When an event lifts it to a
 * multiple of the definition's tick or beyond, the event itself included, a tick at the last such multiple comes before the event, at a
 * position of its own; so does one before the very first event. At a tick:
 *
 * <ol>
 *   <li>customers and entities that wanted to be woken before the tick's time hear that time has passed, in the order of their ids;
 *   <li>what subjects have told each other since the last tick is delivered in the order of position, subject and index of the
 *       telling effects, and what is told in answer likewise, until nobody has anything to say;
 *   <li>cohorts that wanted to be woken before the tick's time hear that time has passed;
 *   <li>what they tell is delivered like the rest.
 * </ol>
 */
public final class MemoryHost {

    /** How a subject is moved by one input. */
    @FunctionalInterface
    public interface Stepper {
        Step step(SubjectId subject, State before, Input input);
    }

    private static final Comparator<Effect.Tell> TOLD_ORDER = Comparator.comparingLong(
                    (Effect.Tell tell) -> tell.id().position())
            .thenComparing(Effect.Tell::subject)
            .thenComparingInt(tell -> tell.id().index());

    private final Definition definition;
    private final Stepper stepper;
    private final SortedMap<SubjectId, State> states = new TreeMap<>();
    private final SortedMap<SubjectId, Long> wakes = new TreeMap<>();
    private final TreeMap<SubjectId, Integer> parts = new TreeMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private List<Effect.Tell> tells = new ArrayList<>();
    private long position;
    private long latestMillis = Long.MIN_VALUE;
    private long tickedMillis = Long.MIN_VALUE;

    public MemoryHost(Definition definition) {
        this(definition, new Loop(definition)::step);
    }

    /** @param stepper takes the place of the loop's own step, for tests of the loop itself */
    public MemoryHost(Definition definition, Stepper stepper) {
        this.definition = definition;
        this.stepper = stepper;
    }

    /** Everything in a log, up to its end. */
    public static MemoryHost run(Definition definition, List<Event> log) {
        MemoryHost host = new MemoryHost(definition);
        log.forEach(host::happened);
        host.end();
        return host;
    }

    /** The next event of the log. Answers its position. */
    public long happened(Event event) {
        latestMillis = Math.max(latestMillis, event.atMillis());
        long tick = definition.tick().toMillis();
        long passed = Math.floorDiv(latestMillis - definition.lateness().toMillis(), tick) * tick;
        if (passed > tickedMillis) {
            tick(passed);
        }
        for (SubjectId subject : subjects(event)) {
            step(subject, new Input.Happened(position, event));
        }
        return position++;
    }

    /** Nothing more comes: a last tick, one millisecond after the latest event. */
    public void end() {
        if (latestMillis >= tickedMillis && latestMillis != Long.MIN_VALUE) {
            tick(latestMillis + 1);
        }
    }

    /** Time passes for everyone, as if a source that says nothing else had been heard. */
    public void tick(long atMillis) {
        tickedMillis = atMillis;
        parts.clear();
        wake(atMillis, subject -> !subject.isCohort());
        deliver();
        wake(atMillis, SubjectId::isCohort);
        deliver();
        position++;
    }

    /** All effects so far, in the order in which they came about. */
    public List<Effect> effects() {
        return Collections.unmodifiableList(effects);
    }

    /** {@link State#EMPTY} when nothing happened to the subject. */
    public State state(SubjectId subject) {
        return states.getOrDefault(subject, State.EMPTY);
    }

    /** Everything every subject remembers. */
    public SortedMap<SubjectId, State> states() {
        return Collections.unmodifiableSortedMap(states);
    }

    /** The customer by her strongest identifier, and every entity that the event names, in the order of their ids. */
    private List<SubjectId> subjects(Event event) {
        List<IdentifierType> identifiers = definition.plan().identifiers();
        TreeSet<SubjectId> subjects = new TreeSet<>();
        @Nullable IdentifierType strongest = null;
        String customer = "";
        for (int i = 0; i < identifiers.size(); i++) {
            IdentifierType type = identifiers.get(i);
            String value = event.identifier(i);
            if (value == null || value.isEmpty()) {
                continue;
            }
            if (!type.subjectKind().equals(SubjectId.CUSTOMER)) {
                subjects.add(new SubjectId(type.subjectKind(), value));
            } else if (strongest == null || type.rank() < strongest.rank()) {
                strongest = type;
                customer = value;
            }
        }
        if (strongest != null) {
            subjects.add(SubjectId.customer(customer));
        }
        return List.copyOf(subjects);
    }

    private void wake(long atMillis, Predicate<SubjectId> which) {
        List<SubjectId> due = wakes.keySet().stream()
                .filter(subject -> which.test(subject) && wakeOf(subject) < atMillis)
                .toList();
        for (SubjectId subject : due) {
            step(subject, new Input.Passed(position, parts.getOrDefault(subject, 0), atMillis));
        }
    }

    private long wakeOf(SubjectId subject) {
        return wakes.getOrDefault(subject, Cells.NEVER);
    }

    private void deliver() {
        while (!tells.isEmpty()) {
            List<Effect.Tell> round = tells;
            tells = new ArrayList<>();
            round.sort(TOLD_ORDER);
            for (Effect.Tell tell : round) {
                SubjectId to = tell.to();
                int part = parts.getOrDefault(to, 0);
                step(to, new Input.Told(position, part, tell.atMillis(), tell.subject(), tell.message()));
            }
        }
    }

    private void step(SubjectId subject, Input input) {
        Step step = stepper.step(subject, state(subject), input);
        states.put(subject, step.next());
        if (step.wakeMillis() == Cells.NEVER) {
            wakes.remove(subject);
        } else {
            wakes.put(subject, step.wakeMillis());
        }
        if (!step.effects().isEmpty()) {
            parts.merge(subject, 1, Integer::sum);
        }
        for (Effect effect : step.effects()) {
            effects.add(effect);
            if (effect instanceof Effect.Tell tell) {
                tells.add(tell);
            }
        }
    }
}
