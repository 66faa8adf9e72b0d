package dev.forestall.acceptance.simulation;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.gate.GateRule;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.Report.Failure;
import dev.forestall.loop.report.Report.Head;
import dev.forestall.loop.report.Reported;
import dev.forestall.loop.request.Permit;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.testkit.MemoryHost;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Dispatchers, channels and people of the town: they ask whether what was requested may be sent, send it, and report what became of it,
 * well or badly. All happens as it happens; nothing is history.
 */
final class Desk {

    /** What they do that makes it hard to keep the rules. */
    enum Habit {
        ASKS_TWICE,
        ASKS_EARLY,
        ASKS_TOO_LATE,
        LETS_A_PERMIT_LAPSE,
        DOES_NOT_SEND,
        IS_UNCERTAIN,
        BOUNCES,
        REPORTS_LATE,
        REPORTS_TWICE,
        REPORTS_OUT_OF_ORDER,
        CUSTOMER_OBJECTS_BEFORE_DUE,
        CUSTOMER_AGREES_AGAIN,
        TAKES_BACK,
        APPROVES,
        ASKS_FOR_AN_ACTION
    }

    /** One record of the log, and what came of it. */
    record Step(Logged logged, List<Effect> effects) {}

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** So often nobody reports on one request, but where a loop answers wrong. */
    private static final int MAX_REPORTS = 60;

    /** Something that will be reported. Of two at one time, the one that was planned first comes first. */
    private record Task(long arrivesMillis, int number, Report report) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(arrivesMillis, other.arrivesMillis);
            return byTime != 0 ? byTime : Integer.compare(number, other.number);
        }
    }

    private final MemoryHost host;
    private final SplittableRandom random;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final Map<String, ActionRequest> requests = new TreeMap<>();
    private final Map<String, Integer> reportsOn = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<Habit, Integer> happened = new EnumMap<>(Habit.class);
    private int seen;
    private int planned;
    private int reports;

    Desk(Definition definition, SplittableRandom random) {
        this(new MemoryHost(definition), random);
    }

    Desk(MemoryHost host, SplittableRandom random) {
        this.host = host;
        this.random = random;
    }

    /** Lets the events of a town happen, works on what comes of them, and answers the whole log. */
    List<Logged> work(List<Logged> events) {
        long now = Long.MIN_VALUE;
        for (Logged each : events) {
            if (each instanceof Logged.Arrived arrived) {
                now = Math.max(now, arrived.event().atMillis());
            }
            workUntil(now);
            take(live(each, now));
            if (now != Long.MIN_VALUE && random.nextInt(12) == 0) {
                anybodyAsks(now);
            }
        }
        workUntil(Long.MAX_VALUE);
        return steps.stream().map(Step::logged).toList();
    }

    List<Step> steps() {
        return steps;
    }

    Map<Habit, Integer> happened() {
        return happened;
    }

    private static Logged live(Logged logged, long now) {
        return logged instanceof Logged.Arrived arrived
                ? new Logged.Arrived(arrived.origin().live(arrived.event().atMillis(), now), arrived.event())
                : logged;
    }

    private void workUntil(long now) {
        while (!tasks.isEmpty() && tasks.peek().arrivesMillis <= now) {
            Task task = tasks.poll();
            take(new Logged.Reported(
                    new Origin("desk", Origin.NONE, 0).live(task.report.atMillis(), task.arrivesMillis), task.report));
        }
    }

    private void take(Logged logged) {
        switch (logged) {
            case Logged.Arrived arrived ->
                host.happened(arrived.event(), arrived.origin().receipt());
            case Logged.Reported reported ->
                host.reported(reported.report(), reported.origin().receipt());
            case Logged.Unmerged unmerged -> host.unmerged(unmerged.unmerge());
            default -> host.skip();
        }
        List<Effect> effects =
                List.copyOf(host.effects().subList(seen, host.effects().size()));
        seen += effects.size();
        steps.add(new Step(logged, effects));
        effects.forEach(this::plan);
    }

    private void plan(Effect effect) {
        switch (effect) {
            case Effect.ActionRequested requested -> requested(requested.request());
            case Effect.Permitted permitted -> permitted(permitted.permit());
            case Effect.RequestChanged changed -> changed(changed.change());
            default -> {}
        }
    }

    private void requested(ActionRequest request) {
        requests.put(request.id().toString(), request);
        long at = request.schedule().atMillis();
        long due = Math.max(at, request.schedule().dueMillis()) + random.nextInt(5_000);
        if (random.nextInt(8) == 0) {
            note(Habit.ASKS_EARLY);
            plan(at, request.id(), Report.Due::new);
        }
        if (random.nextInt(10) == 0) {
            note(Habit.ASKS_TOO_LATE);
            due = request.schedule().expiresMillis() + random.nextLong(DAY);
        }
        if (random.nextInt(8) == 0) {
            note(Habit.CUSTOMER_OBJECTS_BEFORE_DUE);
            consent(request, false, due - 1);
            if (random.nextBoolean()) {
                note(Habit.CUSTOMER_AGREES_AGAIN);
                consent(request, true, due + random.nextLong(2 * DAY));
            }
        }
        if (random.nextInt(12) == 0) {
            note(Habit.TAKES_BACK);
            plan(
                    due + random.nextLong(10 * MINUTE),
                    request.id(),
                    (head, about) -> new Report.Withdrawn(head, about, "a mistake"));
        }
        plan(due, request.id(), Report.Due::new);
        if (random.nextInt(6) == 0) {
            note(Habit.ASKS_TWICE);
            plan(due + random.nextLong(3 * MINUTE), request.id(), Report.Due::new);
        }
    }

    private void consent(ActionRequest request, boolean isGiven, long at) {
        add(
                at,
                new Report.Consented(
                        head(at),
                        request.customer(),
                        isGiven,
                        random.nextBoolean() ? request.reach().purpose() : "",
                        "",
                        Report.NO_END,
                        true));
    }

    private void permitted(Permit permit) {
        EffectId request = permit.request().id();
        long at = permit.atMillis() + random.nextInt(20_000);
        switch (random.nextInt(8)) {
            case 0 -> {
                note(Habit.LETS_A_PERMIT_LAPSE);
                plan(permit.validUntilMillis() + random.nextInt(5) * MINUTE, request, Report.Due::new);
            }
            case 1 -> {
                note(Habit.DOES_NOT_SEND);
                plan(at, request, (head, about) -> new Report.NotSent(head, about, "no answer"));
                plan(at + random.nextLong(2 * DAY), request, Report.Due::new);
            }
            case 2 -> {
                note(Habit.IS_UNCERTAIN);
                plan(at, request, (head, about) -> new Report.Uncertain(head, about.on(permit.channel()), "relay", ""));
            }
            default -> sent(permit, at);
        }
    }

    private void sent(Permit permit, long at) {
        EffectId request = permit.request().id();
        Head sent = head(at);
        long arrives = at;
        if (random.nextInt(6) == 0) {
            note(Habit.REPORTS_LATE);
            arrives += random.nextLong(DAY);
        }
        add(arrives, new Report.Sent(sent, about(request).on(permit.channel()), "relay", "p"));
        long ends = at + random.nextLong(HOUR);
        long endArrives = Math.max(ends, arrives);
        if (random.nextInt(5) == 0) {
            note(Habit.REPORTS_OUT_OF_ORDER);
            endArrives = arrives - 1;
        }
        Report end;
        if (random.nextInt(4) == 0) {
            note(Habit.BOUNCES);
            end = new Report.Failed(
                    head(ends), about(request).on(permit.channel()), Failure.HARD_BOUNCE, "relay", "no such user");
        } else {
            end = new Report.Delivered(head(ends), about(request).on(permit.channel()), "relay");
        }
        add(endArrives, end);
        if (random.nextInt(5) == 0) {
            note(Habit.REPORTS_TWICE);
            add(
                    endArrives + random.nextLong(DAY),
                    end.getClass().equals(Report.Delivered.class)
                            ? new Report.Delivered(head(ends), about(request).on(permit.channel()), "relay")
                            : end);
        }
    }

    private void changed(RequestChange change) {
        EffectId request = change.request().id();
        switch (change) {
            case RequestChange.Deferred deferred -> plan(deferred.untilMillis(), request, Report.Due::new);
            case RequestChange.Held held -> {
                if (held.rule() == GateRule.PERSON && random.nextInt(3) > 0) {
                    note(Habit.APPROVES);
                    plan(held.atMillis() + random.nextLong(12 * HOUR), request, Report.Approved::new);
                }
            }
            case RequestChange.Resumed resumed -> plan(resumed.atMillis() + 1_000, request, Report.Due::new);
            default -> {}
        }
    }

    /** A person wants something done for somebody. */
    private void anybodyAsks(long now) {
        List<SubjectId> customers =
                host.states().keySet().stream().filter(SubjectId::isCustomer).toList();
        if (!customers.isEmpty()) {
            note(Habit.ASKS_FOR_AN_ACTION);
            add(
                    now + random.nextLong(HOUR),
                    new Report.Requested(
                            head(now),
                            customers.get(random.nextInt(customers.size())),
                            "nudge",
                            "",
                            "asked for on the phone",
                            Optional.empty()));
        }
    }

    private void plan(long at, EffectId request, BiFunction<Head, Reported, Report> report) {
        boolean isPatient = reportsOn.merge(request.toString(), 1, Integer::sum) <= MAX_REPORTS;
        if (requests.containsKey(request.toString()) && isPatient) {
            add(at, report.apply(head(at), about(request)));
        }
    }

    /** A request as the record knows it. */
    private Reported about(EffectId request) {
        ActionRequest known = requests.get(request.toString());
        return known == null ? Reported.of(request) : known.reported("");
    }

    private Head head(long at) {
        return new Head("r-" + reports++, at, "desk");
    }

    private void add(long arrives, Report report) {
        tasks.add(new Task(arrives, planned++, report));
    }

    private void note(Habit habit) {
        happened.merge(habit, 1, Integer::sum);
    }
}
