package dev.forestall.acceptance.behaviour;

import static dev.forestall.acceptance.behaviour.Shop.PLAN;
import static dev.forestall.acceptance.behaviour.Shop.action;
import static dev.forestall.acceptance.behaviour.Shop.candidate;
import static dev.forestall.acceptance.behaviour.Shop.day;
import static dev.forestall.acceptance.behaviour.Shop.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.loop.roi.OutcomeRule;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.testkit.Scenario;
import dev.forestall.testkit.TestPack;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    private static Scenario decided(double holdout, OutcomeRule... rules) {
        TestPack pack = TestPack.of(PLAN)
                .signal(SignalRule.ofCustomers("chasing", Shop.chasing()).firing(SignalRule.Fires.EACH));
        pack.policy(Shop.policy(pack, "chasing", holdout, Duration.ZERO, candidate(action("nudge", "email", 1), 5)));
        List.of(rules).forEach(pack::outcome);
        return Scenario.given(pack.ready(), event("called", day(0)), event("called", day(1)));
    }

    private static OutcomeRule noFurtherCall() {
        return new OutcomeRule("no_call", PLAN.any("called"), Duration.ofDays(7).toMillis(), false);
    }

    private static List<Outcome> outcomes(Scenario story) {
        return story.effects().stream()
                .filter(Effect.OutcomeObserved.class::isInstance)
                .map(each -> ((Effect.OutcomeObserved) each).outcome())
                .toList();
    }

    @Test
    void what_was_hoped_for_happens_in_time() {
        Scenario story =
                decided(0, Shop.comesBack()).when(event("visited", day(2))).thenOutcome("comes_back", true);
        Outcome outcome = outcomes(story).getFirst();
        assertThat(outcome.atMillis()).isEqualTo(day(2).toEpochMilli());
        assertThat(outcome.decidedAtMillis()).isEqualTo(day(1).toEpochMilli());
        assertThat(outcome.group()).isEqualTo(Decision.Group.TREATMENT);
    }

    @Test
    void the_very_last_instant_is_in_time_and_one_later_is_not() {
        decided(0, Shop.comesBack()).when(event("visited", day(4))).thenOutcome("comes_back", true);
        decided(0, Shop.comesBack())
                .when(event("visited", day(4).plusMillis(1)))
                .thenOutcome("comes_back", false)
                .then(
                        "said of the end of the time",
                        effects -> effects.getFirst().atMillis() == day(4).toEpochMilli());
    }

    @Test
    void what_happens_at_the_instant_of_the_decision_is_not_its_outcome() {
        decided(0, Shop.comesBack()).when(event("visited", day(1))).thenNoOutcome();
    }

    @Test
    void an_outcome_is_known_once() {
        decided(0, Shop.comesBack())
                .when(event("visited", day(2)))
                .thenOutcome("comes_back", true)
                .when(event("visited", day(3)))
                .thenNoOutcome()
                .whenTimePasses(day(30))
                .thenNoOutcome();
    }

    @Test
    void absence_can_be_the_good_outcome() {
        decided(0, noFurtherCall()).whenTimePasses(day(30)).thenOutcome("no_call", true);
        decided(0, noFurtherCall()).when(event("called", day(3))).thenOutcome("no_call", false);
    }

    @Test
    void each_decision_has_each_declared_outcome() {
        Scenario story = decided(0, Shop.comesBack(), noFurtherCall())
                .when(event("called", day(2)), event("visited", day(3)), event("visited", day(40)));
        assertThat(outcomes(story))
                .extracting(each -> each.name() + " " + each.success() + " decided day "
                        + Duration.between(day(0), java.time.Instant.ofEpochMilli(each.decidedAtMillis()))
                                .toDays())
                .containsExactly(
                        "no_call false decided day 1",
                        "comes_back true decided day 1",
                        "comes_back true decided day 2",
                        "no_call true decided day 2");
    }

    @Test
    void those_held_out_have_outcomes_too() {
        Scenario story = decided(1, Shop.comesBack()).when(event("visited", day(2)));
        assertThat(outcomes(story)).extracting(Outcome::group).containsExactly(Decision.Group.CONTROL);
    }
}
