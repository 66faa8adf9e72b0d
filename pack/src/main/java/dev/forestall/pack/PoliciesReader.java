package dev.forestall.pack;

import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.action.Policy.Candidate;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.gate.ControlGroup;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.pack.expression.Compiled;
import dev.forestall.pack.expression.Expressions;
import dev.forestall.pack.expression.Money;
import dev.forestall.pack.expression.Site;
import dev.forestall.pack.expression.Type.Sort;
import dev.forestall.pack.grammar.Durations;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads when and how to decide. */
final class PoliciesReader {

    private static final Site DECISION = new Site(Site.Stage.DECISION, new BitSet(), false);
    private static final Site WORTH = new Site(Site.Stage.WORTH, new BitSet(), false);
    private static final double STANDARD_HOLDOUT = 0.1;

    private final Expressions expressions;
    private final SignalsReader signals;
    private final ActionsReader actions;
    private final ControlGroup control;
    private final List<String> predictions;
    private final Problems problems;
    private final List<Policy> policies = new ArrayList<>();
    private final Set<String> chosen = new TreeSet<>();

    /** @param predictions the names of those that are declared */
    PoliciesReader(
            Expressions expressions,
            SignalsReader signals,
            ActionsReader actions,
            ControlGroup control,
            List<String> predictions,
            Problems problems) {
        this.expressions = expressions;
        this.signals = signals;
        this.actions = actions;
        this.control = control;
        this.predictions = predictions;
        this.problems = problems;
    }

    void read(Section pack) {
        for (Member member : pack.members("policies")) {
            member.section(Grammar.POLICY).ifPresent(section -> read(member.name(), section));
        }
        for (Member action : pack.members("actions")) {
            if (!chosen.contains(action.name())
                    && !action.name().equals(Action.NOTHING)
                    && !pack.members("policies").isEmpty()) {
                problems.warning(
                        PackError.UNUSED,
                        action.key().place(),
                        action.path(),
                        "no policy has the candidate '" + action.name() + "'",
                        "Add it to a policy, or leave it out");
            }
        }
    }

    private void read(String name, Section section) {
        boolean isAsked = section.has("ask");
        checkAsked(section, isAsked);
        Set<TriggerName> on =
                section.has("on") ? Triggers.read(section, "on", signals, predictions, problems) : Set.of();
        for (TriggerName each : on) {
            if (each instanceof TriggerName.OfSignal signal) {
                checkKind(section, signal.signal());
            }
        }
        Condition when = condition(section, "when");
        List<Candidate> candidates = candidates(section);
        Formula expectedValue = Money.minor(expressions, section, "objective", WORTH);
        Formula valueAtRisk =
                section.has("value_at_risk") ? Money.minor(expressions, section, "value_at_risk", DECISION) : null;
        double holdout = section.share("holdout", STANDARD_HOLDOUT);
        if (!(holdout < 1)) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    section.placeOf("holdout"),
                    section.pathOf("holdout"),
                    "no customer would be in the treatment group",
                    "Hold out less than 100%; 10% is usual");
            return;
        }
        checkExempt(section, candidates);
        checkCanBeShown(section, candidates, isAsked);
        if (expectedValue != null) {
            long cooldown = section.millis("cooldown", 0);
            Integer priority = section.has("priority") ? Integer.valueOf(section.whole("priority", 0)) : null;
            long maxAge = section.millis("max_age", Policy.STANDARD_MAX_AGE_MILLIS);
            Policy policy = new Policy(
                            name,
                            on,
                            when,
                            candidates,
                            valueAtRisk,
                            expectedValue,
                            priority,
                            new Probability(holdout),
                            cooldown,
                            maxAge)
                    .ramped(new Probability(ramp(section)), stopAbove(section));
            policies.add(
                    isAsked
                            ? policy.asked(
                                    new Policy.InSession(section.millis("hold", Policy.InSession.STANDARD_HOLD_MILLIS)))
                            : policy);
        }
    }

    private double ramp(Section section) {
        double ramp = section.share("ramp", 1);
        if (!(ramp > 0)) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    section.placeOf("ramp"),
                    section.pathOf("ramp"),
                    "no customer would be in the treatment group",
                    "Begin with 1% or more");
            return 1;
        }
        return ramp;
    }

    private static Policy.@Nullable Rate stopAbove(Section section) {
        String text = section.text("stop_above", "");
        int per = text.indexOf(" per ");
        int times = per < 0 ? 0 : Integer.parseInt(text.substring(0, per));
        return times < 1 ? null : new Policy.Rate(times, Durations.millis(text.substring(per + 5)));
    }

    /** A policy decides by itself, or is asked: what belongs to the one makes no sense for the other. */
    private void checkAsked(Section section, boolean isAsked) {
        if (isAsked == section.has("on")) {
            problems.error(
                    PackError.WRONG_VALUE,
                    section.placeOf(isAsked ? "ask" : "objective"),
                    section.pathOf(isAsked ? "ask" : "on"),
                    isAsked
                            ? "the policy is asked, and decides by itself as well"
                            : "it is not said when the policy decides",
                    "Write either 'on: ...' with what it decides on, or 'ask: in_session'");
        }
        List<String> others = isAsked ? List.of("cooldown", "max_age", "priority", "stop_above") : List.of("hold");
        for (String key : others) {
            if (section.has(key)) {
                problems.error(
                        PackError.WRONG_VALUE,
                        section.placeOf(key),
                        section.pathOf(key),
                        isAsked
                                ? "'" + key + "' is for policies that decide by themselves"
                                : "'hold' is for policies that are asked",
                        isAsked ? "Leave it out; 'hold' says how long an answer stands" : "Leave it out");
            }
        }
    }

    /** What is shown at once can wait for nobody, and nobody else can show it. */
    private void checkCanBeShown(Section section, List<Candidate> candidates, boolean isAsked) {
        for (Candidate each : candidates) {
            Action action = each.action();
            if (action.isShown() != isAsked) {
                problems.error(
                        PackError.WRONG_VALUE,
                        section.placeOf("candidates"),
                        section.pathOf("candidates"),
                        isAsked
                                ? "'" + action.name() + "' is a " + action.kind() + ", and nobody sends it"
                                : "'" + action.name() + "' is shown by whoever asks, and nobody asks this policy",
                        isAsked ? "Choose actions with 'show'" : "Choose another action, or write 'ask: in_session'");
            } else if (isAsked && (!action.uses().isEmpty() || action.purpose().decidedByPerson())) {
                problems.error(
                        PackError.WRONG_VALUE,
                        section.placeOf("candidates"),
                        section.pathOf("candidates"),
                        "'" + action.name() + "' cannot be shown at once: "
                                + (action.uses().isEmpty()
                                        ? "a person decides on its purpose '"
                                                + action.purpose().name() + "'"
                                        : "it needs what there is only so much of"),
                        "Choose an action without 'uses', of a purpose on which no person decides");
            }
        }
    }

    /** What the control group gets as well cannot be compared with it, and nobody is held out of it. */
    private void checkExempt(Section section, List<Candidate> candidates) {
        long exempt = candidates.stream()
                .filter(each -> control.isExempt(each.action().purpose()))
                .count();
        if (exempt > 0 && exempt < candidates.size()) {
            problems.error(
                    PackError.WRONG_VALUE,
                    section.placeOf("candidates"),
                    section.pathOf("candidates"),
                    "some candidates are exempt from the control group and some are not",
                    "Write two policies, so that customers in the control group can be compared");
        }
        if (exempt > 0 && exempt == candidates.size() && section.has("holdout")) {
            problems.error(
                    PackError.WRONG_VALUE,
                    section.placeOf("holdout"),
                    section.pathOf("holdout"),
                    "the policy's actions are exempt from the control group, so nobody is held out",
                    "Leave 'holdout' out");
        }
    }

    private void checkKind(Section section, String signal) {
        String kind = signals.kindOf(signal);
        if (!kind.equals(SubjectId.CUSTOMER)) {
            problems.error(
                    PackError.WRONG_SUBJECT,
                    section.placeOf("on"),
                    section.pathOf("on"),
                    "policies decide about customers, and signal '" + signal + "' is one of the kind '" + kind + "'",
                    signals.affectsCustomers(signal)
                            ? "Decide on context." + signal + ": the customers whom it affects"
                            : "Decide on a signal of the customer");
        }
    }

    private Condition condition(Section section, String key) {
        return section.scalar(key)
                .flatMap(text -> expressions.compile(text, section.pathOf(key), DECISION, Sort.TRUTH))
                .map(Compiled::condition)
                .orElse(Condition.ALWAYS);
    }

    private List<Candidate> candidates(Section section) {
        List<Candidate> candidates = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (Node node : section.nodes("candidates")) {
            Optional<Candidate> candidate = node instanceof Entries entries
                    ? candidate(new Section(section.pathOf("candidates"), entries, Grammar.CANDIDATE))
                    : node instanceof Scalar scalar ? plain(scalar, section.pathOf("candidates")) : Optional.empty();
            candidate.ifPresent(each -> {
                if (seen.add(each.action().name())) {
                    candidates.add(each);
                } else {
                    problems.error(
                            PackError.DUPLICATE,
                            node.place(),
                            section.pathOf("candidates"),
                            "'" + each.action().name() + "' is a candidate twice",
                            "Keep one of them");
                }
            });
        }
        return candidates;
    }

    private Optional<Candidate> plain(Scalar name, String path) {
        return action(name, path).map(action -> new Candidate(action, null, Condition.ALWAYS, ""));
    }

    private Optional<Candidate> candidate(Section section) {
        Condition when = condition(section, "when");
        Formula uplift = section.scalar("uplift")
                .flatMap(text -> expressions.compile(text, section.pathOf("uplift"), DECISION, Sort.NUMBER, Sort.WHOLE))
                .map(compiled -> uplift(section, compiled))
                .orElse(null);
        return section.scalar("action")
                .flatMap(name -> action(name, section.pathOf("action")))
                .map(action -> new Candidate(action, uplift, when, section.text("when", "")));
    }

    private Formula uplift(Section section, Compiled compiled) {
        compiled.constant().ifPresent(uplift -> {
            if (!(Math.abs(uplift) <= 1)) {
                problems.error(
                        PackError.OUT_OF_RANGE,
                        section.placeOf("uplift"),
                        section.pathOf("uplift"),
                        "no probability rises by " + uplift,
                        "Expected -1 to 1: 0.05 for five of a hundred");
            }
        });
        return compiled.number();
    }

    private Optional<Action> action(Scalar name, String path) {
        if (name.text().equals(Action.NOTHING)) {
            return Optional.empty();
        }
        chosen.add(name.text());
        if (!actions.names().contains(name.text())) {
            problems.unknown(PackError.UNKNOWN_NAME, name.place(), path, "action", name.text(), actions.names());
        }
        return actions.find(name.text());
    }

    /** In the order of their names. */
    List<Policy> policies() {
        return policies;
    }
}
