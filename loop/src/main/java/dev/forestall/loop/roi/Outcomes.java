package dev.forestall.loop.roi;

import dev.forestall.loop.action.Decision;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ROI stage: waits for what decisions hoped for. Immutable. */
public final class Outcomes {

    private final List<Placed> placed = new ArrayList<>();

    public Outcomes(List<OutcomeRule> rules, Slots slots) {
        rules.forEach(rule -> placed.add(new Placed(rule, slots.next("outcome." + rule.name(), Pending.MEMORY))));
    }

    public List<OutcomeRule> all() {
        return placed.stream().map(Placed::rule).toList();
    }

    /** First settles earlier decisions by the event of the moment, then starts to wait for the new ones. */
    public void after(Moment moment, @Nullable Event event, OutcomeFindings findings) {
        List<Decision> decisions = findings.decisions();
        List<Outcome> outcomes = findings.outcomes();
        for (Placed each : placed) {
            if (event != null
                    && each.rule.of().concerns(event.type())
                    && each.rule.of().matches(event, moment)) {
                for (String key : moment.cells().keys(each.slot)) {
                    settle(moment, each, key, true, outcomes);
                }
            }
            for (Decision decision : decisions) {
                if (decision.isTooLate()) {
                    continue;
                }
                String key = key(decision.id());
                Pending pending = moment.cells().open(each.slot, key);
                pending.policy = decision.policy();
                pending.customer = decision.id().subject().key();
                pending.position = decision.id().position();
                pending.index = decision.id().index();
                pending.group = decision.group();
                pending.key = decision.journeyKey();
                pending.decidedAtMillis = decision.atMillis();
                moment.cells().wake(each.slot, key, decision.atMillis() + each.rule.withinMillis());
            }
        }
    }

    /** The cell of a decision. Cells stand in the order of their keys, and these are in the order of the decisions. */
    private static String key(EffectId decision) {
        return sortable(decision.position()) + sortable(decision.index());
    }

    /** Digits behind a letter that grows with their number, so that longer numbers come later. */
    private static String sortable(long number) {
        String digits = Long.toString(number, Character.MAX_RADIX);
        return (char) ('a' + digits.length()) + digits;
    }

    /** Settles what has waited long enough by the moment. */
    public void due(Moment moment, OutcomeFindings findings) {
        List<Outcome> outcomes = findings.outcomes();
        for (Placed each : placed) {
            String key = moment.cells().firstDue(each.slot, moment.atMillis());
            while (key != null) {
                settle(moment, each, key, false, outcomes);
                key = moment.cells().firstDue(each.slot, moment.atMillis());
            }
        }
    }

    private void settle(Moment moment, Placed each, String key, boolean happened, List<Outcome> outcomes) {
        Pending pending = moment.cells().open(each.slot, key);
        if (happened && moment.atMillis() <= pending.decidedAtMillis) {
            return;
        }
        outcomes.add(new Outcome(
                moment.nextEffect(),
                each.rule.name(),
                new EffectId(new SubjectId(moment.subject().kind(), pending.customer), pending.position, pending.index),
                pending.policy,
                pending.key,
                pending.group,
                happened == each.rule.success(),
                moment.atMillis(),
                pending.decidedAtMillis));
        moment.cells().drop(each.slot, key);
    }

    private record Placed(OutcomeRule rule, Slot<Pending> slot) {}

    /** A decision whose outcome is not known yet. */
    private static final class Pending {
        String policy = "";
        /** Under which name it was decided on: they may have turned out to be somebody else since. */
        String customer = "";

        long position;
        int index;
        Decision.Group group = Decision.Group.TREATMENT;
        String key = "";
        long decidedAtMillis;

        static final Memory.Said<Pending> MEMORY = new Memory.Said<>() {
            /** One decision has one place in the log: two cells of it say the same. */
            @Override
            public Pending join(Pending one, Pending other) {
                return one;
            }

            @Override
            public boolean isOfEveryPart() {
                return false;
            }

            @Override
            public Pending fresh() {
                return new Pending();
            }

            @Override
            public boolean isFresh(Pending pending) {
                return pending.policy.isEmpty();
            }

            @Override
            public Pending read(Reader from) {
                Pending pending = new Pending();
                pending.policy = from.text();
                pending.customer = from.text();
                pending.position = from.count();
                pending.index = from.size();
                pending.group = from.flag() ? Decision.Group.CONTROL : Decision.Group.TREATMENT;
                pending.key = from.text();
                pending.decidedAtMillis = from.whole();
                return pending;
            }

            @Override
            public void write(Pending pending, Writer to) {
                to.text(pending.policy)
                        .text(pending.customer)
                        .count(pending.position)
                        .count(pending.index)
                        .flag(pending.group == Decision.Group.CONTROL)
                        .text(pending.key)
                        .whole(pending.decidedAtMillis);
            }
        };
    }
}
