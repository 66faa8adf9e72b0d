package dev.forestall.acceptance.behaviour;

import static dev.forestall.acceptance.behaviour.Shop.PLAN;
import static dev.forestall.acceptance.behaviour.Shop.action;
import static dev.forestall.acceptance.behaviour.Shop.candidate;
import static dev.forestall.acceptance.behaviour.Shop.cap;
import static dev.forestall.acceptance.behaviour.Shop.day;
import static dev.forestall.acceptance.behaviour.Shop.event;
import static dev.forestall.acceptance.behaviour.Shop.eventOf;
import static dev.forestall.acceptance.behaviour.Shop.order;
import static dev.forestall.acceptance.behaviour.Shop.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.gate.Purpose;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.Scenario;
import dev.forestall.testkit.TestPack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DecisionsTest {

    private static final Action CALL = action("call_back", "voice", 420);
    private static final Action NUDGE = action("nudge", "email", 1);
    private static final Action GIFT = action("gift", "email", 9_000_000);

    private static TestPack pack() {
        return TestPack.of(PLAN)
                .signal(SignalRule.ofCustomers("chasing", Shop.chasing()).firing(SignalRule.Fires.EACH));
    }

    private static Scenario story(TestPack pack, double holdout, Duration cooldown, Policy.Candidate... candidates) {
        return Scenario.given(
                pack.policy(Shop.policy(pack, "chasing", holdout, cooldown, candidates))
                        .ready(),
                event("called", day(0)));
    }

    private static Scenario story(Policy.Candidate... candidates) {
        return story(pack(), 0, Duration.ZERO, candidates);
    }

    private static Decision decision(Scenario story) {
        return story.effects().stream()
                .filter(Effect.Decided.class::isInstance)
                .map(each -> ((Effect.Decided) each).decision())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_candidate_worth_most_is_chosen_and_the_others_say_why_not() {
        story(candidate(NUDGE, 2), candidate(CALL, 5), candidate(GIFT, 8))
                .when(event("called", day(1)))
                .thenDecided("save", "call_back")
                .thenRejected("nudge", "call_back is worth more")
                .thenRejected("gift", "not worth its cost")
                .thenRejected("nothing", "call_back is worth more")
                .thenPerformed("call_back");
    }

    @Test
    void worth_is_told_of_every_candidate() {
        Scenario story = story(candidate(NUDGE, 2), candidate(GIFT, 8)).when(event("called", day(1)));
        assertThat(decision(story).candidates())
                .extracting(each -> each.action() + " "
                        + each.expectedValue().map(Object::toString).orElse("unknown"))
                .containsExactly("nudge 199.99 EUR", "gift -89200.00 EUR", "nothing 0.00 EUR");
    }

    @Test
    void nothing_is_chosen_when_nothing_is_worth_it() {
        story(candidate(GIFT, 1))
                .when(event("called", day(1)))
                .thenDecided("save", "nothing")
                .thenNothingPerformed();
    }

    @Test
    void a_candidate_of_unknown_or_infinite_worth_is_not_chosen() {
        story(
                        new Policy.Candidate(CALL, scope -> Double.NaN, Condition.ALWAYS, ""),
                        new Policy.Candidate(NUDGE, scope -> Double.POSITIVE_INFINITY, Condition.ALWAYS, ""))
                .when(event("called", day(1)))
                .thenDecided("save", "nothing")
                .thenRejected("call_back", "its worth is unknown")
                .thenRejected("nudge", "its worth is unknown");
    }

    @Test
    void of_equals_the_first_is_chosen() {
        story(candidate(action("one", "email", 5), 3), candidate(action("other", "email", 5), 3))
                .when(event("called", day(1)))
                .thenDecided("save", "one");
    }

    @Test
    void a_candidate_whose_condition_does_not_hold_is_not_possible() {
        story(
                        new Policy.Candidate(CALL, scope -> 0.9, scope -> Truth.UNKNOWN, "trait.phone != ''"),
                        candidate(NUDGE, 1))
                .when(event("called", day(1)))
                .thenDecided("save", "nudge")
                .thenRejected("call_back", "not possible: trait.phone != ''");
    }

    @Test
    void a_policy_whose_condition_does_not_hold_decides_nothing() {
        TestPack pack = pack();
        Policy always = Shop.policy(pack, "chasing", 0, Duration.ZERO, candidate(NUDGE, 1));
        Policy never = new Policy(
                always.name(),
                always.on(),
                scope -> Truth.FALSE,
                always.candidates(),
                null,
                always.expectedValueMinor(),
                always.holdout(),
                0);
        Scenario.given(pack.policy(never).ready(), event("called", day(0)))
                .when(event("called", day(1)))
                .thenRaised("chasing", day(1))
                .thenNoDecision();
    }

    @Test
    void a_signal_of_another_name_decides_nothing() {
        TestPack pack = pack().signal("unpaid", Shop.unpaid());
        Scenario.given(
                        pack.policy(Shop.policy(pack, "unpaid", 0, Duration.ZERO, candidate(NUDGE, 1)))
                                .ready(),
                        event("called", day(0)))
                .when(event("called", day(1)))
                .thenNoDecision();
    }

    @Test
    void a_channel_is_capped_and_the_next_best_takes_over() {
        TestPack pack = pack().cap(cap("voice", 1, Duration.ofDays(14)));
        story(pack, 0, Duration.ZERO, candidate(CALL, 5), candidate(NUDGE, 2))
                .when(event("called", day(1)))
                .thenPerformed("call_back")
                .when(event("called", day(2)))
                .thenPerformed("nudge")
                .thenRejected("call_back", "capped: voice at most 1 in 14 days");
    }

    @Test
    void a_cap_is_over_at_its_very_end() {
        TestPack pack = pack().cap(cap("", 1, Duration.ofDays(3)));
        story(pack, 0, Duration.ZERO, candidate(NUDGE, 5))
                .when(event("called", day(1)))
                .thenPerformed("nudge")
                .when(event("called", day(4).minusMillis(1)))
                .thenRejected("nudge", "capped: any contact at most 1 in 3 days")
                .when(event("called", day(4)))
                .thenPerformed("nudge");
    }

    @Test
    void caps_are_shared_by_all_policies_and_count_at_once() {
        TestPack pack = pack().signal("unpaid", Shop.unpaid()).cap(cap("", 1, Duration.ofDays(30)));
        pack.policy(named("first", Shop.policy(pack, "chasing", 0, Duration.ZERO, candidate(NUDGE, 5))));
        pack.policy(named("second", Shop.policy(pack, "unpaid", 0, Duration.ZERO, candidate(NUDGE, 5))));
        Scenario.given(pack.ready(), placed("o-1", day(0), 1), event("called", day(0)))
                .when(event("called", day(1).minusMillis(1)))
                .thenDecided("first", "nudge")
                .whenTimePasses(day(2))
                .thenDecided("second", "nothing")
                .thenRejected("nudge", "capped: any contact at most 1 in 30 days");
    }

    @Test
    void of_several_policies_at_one_instant_the_one_with_priority_goes_on() {
        TestPack pack = pack();
        pack.policy(named("first", Shop.policy(pack, "chasing", 0, Duration.ZERO, candidate(CALL, 5))));
        pack.policy(named("second", Shop.policy(pack, "chasing", 0, Duration.ZERO, candidate(NUDGE, 1)))
                .withPriority(60));
        Scenario story = Scenario.given(pack.ready(), event("called", day(0)))
                .when(event("called", day(1)))
                .thenDecided("first", "nothing")
                .thenRejected("call_back", "outbid: second: nudge")
                .thenDecided("second", "nudge");
        assertThat(requests(story)).containsExactly("nudge");
        assertThat(decision(story).wouldChoose()).isEqualTo("call_back");
    }

    @Test
    void of_equal_priority_the_higher_expected_value_goes_on_and_then_the_first() {
        TestPack pack = pack();
        pack.policy(named("first", Shop.policy(pack, "chasing", 0, Duration.ZERO, candidate(NUDGE, 1))));
        pack.policy(named("second", Shop.policy(pack, "chasing", 0, Duration.ZERO, candidate(NUDGE, 5))));
        pack.policy(named("third", Shop.policy(pack, "chasing", 0, Duration.ZERO, candidate(NUDGE, 5))));
        Scenario story = Scenario.given(pack.ready(), event("called", day(0)))
                .when(event("called", day(1)))
                .thenDecided("first", "nothing")
                .thenDecided("second", "nudge")
                .thenDecided("third", "nothing");
        assertThat(requests(story)).containsExactly("nudge");
    }

    @Test
    void what_the_law_demands_neither_bids_nor_is_outbid() {
        Action notice = new Action(
                "notice", "message", "notice", Purpose.LEGAL, List.of("post"), null, List.of(), NUDGE.cost());
        TestPack pack = pack();
        pack.policy(named("first", Shop.policy(pack, "chasing", 0, Duration.ZERO, candidate(notice, 1))));
        pack.policy(named("second", Shop.policy(pack, "chasing", 0, Duration.ZERO, candidate(NUDGE, 5))));
        Scenario story = Scenario.given(pack.ready(), event("called", day(0))).when(event("called", day(1)));
        assertThat(requests(story)).containsExactly("notice", "nudge");
    }

    @Test
    void an_action_takes_the_first_channel_that_the_gate_lets_pass_and_the_preferred_one_before() {
        Action reminder = new Action(
                "reminder",
                "message",
                "reminder",
                Purpose.SERVICE,
                List.of("push", "sms", "email"),
                scope -> "sms",
                List.of(),
                NUDGE.cost());
        TestPack pack = pack().cap(cap("sms", 1, Duration.ofDays(9))).cap(cap("push", 1, Duration.ofDays(9)));
        pack.policy(Shop.policy(pack, "chasing", 0, Duration.ZERO, candidate(reminder, 5)));
        Scenario story = Scenario.given(pack.ready(), event("called", day(0)));
        assertThat(channels(story.when(event("called", day(1))))).containsExactly("sms");
        assertThat(channels(story.when(event("called", day(2))))).containsExactly("push");
        assertThat(channels(story.when(event("called", day(3))))).containsExactly("email");
    }

    private static Policy named(String name, Policy policy) {
        return new Policy(
                name,
                policy.on(),
                policy.when(),
                policy.candidates(),
                null,
                policy.expectedValueMinor(),
                policy.holdout(),
                policy.cooldownMillis());
    }

    private static List<String> requests(Scenario story) {
        return story.effects().stream()
                .filter(Effect.ActionRequested.class::isInstance)
                .map(each -> ((Effect.ActionRequested) each).request().task().action())
                .toList();
    }

    private static List<String> channels(Scenario story) {
        return story.effects().stream()
                .filter(Effect.ActionRequested.class::isInstance)
                .map(each -> ((Effect.ActionRequested) each)
                        .request()
                        .reach()
                        .channels()
                        .getFirst())
                .toList();
    }

    @Test
    void a_signal_that_is_found_late_does_not_get_round_a_cap() {
        // Decided now, about an instant before the contact that fills the cap.
        TestPack pack = TestPack.of(PLAN)
                .signal("chasing", Shop.chasing())
                .signal("unpaid", Shop.unpaid())
                .cap(cap("", 1, Duration.ofDays(14)));
        pack.policy(new Policy(
                "save",
                TriggerName.signals("chasing", "unpaid"),
                Condition.ALWAYS,
                List.of(candidate(NUDGE, 5)),
                null,
                scope -> 100,
                new Probability(0),
                0));
        Scenario.given(pack.ready(), event("called", day(19)), event("called", day(20)))
                .when(placed("o-1", day(10), 1))
                .thenRaised("unpaid", day(11))
                .thenRejected("nudge", "capped");
    }

    @Test
    void after_a_decision_the_policy_rests_to_the_very_end_of_its_rest() {
        story(pack(), 0, Duration.ofDays(5), candidate(NUDGE, 5))
                .when(event("called", day(1)))
                .thenPerformed("nudge")
                .when(event("called", day(6).minusMillis(1)))
                .thenRaised("chasing", day(6).minusMillis(1))
                .thenNoDecision()
                .when(event("called", day(6)))
                .thenPerformed("nudge");
    }

    @Test
    void the_rest_is_kept_per_run() {
        Journey journey = Shop.orderJourney();
        TestPack pack = TestPack.of(PLAN).journey(journey).signal("unpaid", journey, Shop.unpaid());
        pack.policy(Shop.policy(pack, "unpaid", 0, Duration.ofDays(90), candidate(NUDGE, 5)));
        Scenario.given(pack.ready(), placed("o-1", day(0), 1), placed("o-2", day(1), 1))
                .whenTimePasses(day(10))
                .then(
                        "two decisions",
                        effects -> effects.stream()
                                        .filter(Effect.Decided.class::isInstance)
                                        .count()
                                == 2);
    }

    @Test
    void a_signal_about_the_customer_can_ask_about_her_only_open_run() {
        TestPack pack = TestPack.of(PLAN)
                .journey(Shop.orderJourney())
                .signal(SignalRule.ofCustomers("chasing", Shop.chasing()).firing(SignalRule.Fires.EACH));
        Policy any = Shop.policy(pack, "chasing", 0, Duration.ZERO, candidate(NUDGE, 5));
        var step = pack.words("journey.order.step");
        pack.policy(new Policy(
                any.name(),
                any.on(),
                scope -> Truth.of("paid".equals(step.value(scope))),
                any.candidates(),
                pack.number("journey.order.value"),
                any.expectedValueMinor(),
                any.holdout(),
                0));
        Scenario story = Scenario.given(
                        pack.ready(),
                        placed("o-1", day(0), 7_700),
                        order("paid", "o-1", day(0)),
                        event("called", day(1)))
                .when(event("called", day(2)))
                .thenDecided("save", "nudge");
        assertThat(decision(story).valueAtRisk()).hasToString("Optional[77.00 EUR]");
    }

    @Test
    void those_held_out_are_left_alone_and_told_apart() {
        Scenario story = story(pack(), 1, Duration.ZERO, candidate(NUDGE, 5))
                .when(event("called", day(1)))
                .thenDecided("save", "nothing")
                .thenRejected("nudge", "in control")
                .thenNothingPerformed();
        assertThat(decision(story).group()).isEqualTo(Decision.Group.CONTROL);
        assertThat(decision(story).propensity()).isEqualTo(new Probability(1));
    }

    @Test
    void the_holdout_is_a_tenth_of_the_customers_and_stays_the_same() {
        TestPack pack = pack();
        var definition = pack.policy(Shop.policy(pack, "chasing", 0.1, Duration.ZERO, candidate(NUDGE, 5)))
                .ready();
        List<Event> log = new ArrayList<>();
        int customers = 3_000;
        for (int time = 0; time < 3; time++) {
            for (int i = 0; i < customers; i++) {
                log.add(eventOf("customer-" + i, "called", day(time)));
            }
        }
        List<Decision> decisions = MemoryHost.run(definition, log).effects().stream()
                .filter(Effect.Decided.class::isInstance)
                .map(each -> ((Effect.Decided) each).decision())
                .toList();
        assertThat(decisions).hasSize(2 * customers);
        long heldOut = decisions.stream()
                .filter(each -> each.group() == Decision.Group.CONTROL)
                .map(each -> each.id().subject())
                .distinct()
                .count();
        // Four standard deviations of the binomial distribution are 0.022.
        assertThat((double) heldOut / customers).isCloseTo(0.1, within(0.022));
        for (Decision each : decisions) {
            boolean out = each.group() == Decision.Group.CONTROL;
            assertThat(out).isEqualTo(each.draw() < 0.1);
            assertThat(each.chosen()).isEqualTo(out ? "nothing" : "nudge");
            assertThat(each.propensity().value()).isEqualTo(out ? 0.1 : 0.9);
        }
        long switched = decisions.stream()
                        .map(each -> each.id().subject() + " " + each.group())
                        .distinct()
                        .count()
                - customers;
        assertThat(switched).as("customers who changed groups").isZero();
    }

    @Test
    void when_a_ramp_grows_customers_join_and_nobody_leaves() {
        Set<String> before = Set.of();
        for (double share : new double[] {0.01, 0.1, 0.5, 1}) {
            Set<String> treated = treated(share);
            assertThat(treated).containsAll(before);
            double expected = (1 - 0.2) * share;
            assertThat(treated.size() / 2_000.0)
                    .isBetween(
                            expected - 4 * Math.sqrt(expected * (1 - expected) / 2_000),
                            expected + 4 * Math.sqrt(expected * (1 - expected) / 2_000));
            before = treated;
        }
    }

    /** Of 2,000 customers, those for whom the policy acts with a holdout of a fifth and some ramp. */
    private static Set<String> treated(double share) {
        TestPack pack = pack();
        pack.policy(Shop.policy(pack, "chasing", 0.2, Duration.ZERO, candidate(NUDGE, 5))
                .ramped(new Probability(share), null));
        MemoryHost host = new MemoryHost(pack.ready());
        for (int i = 0; i < 2_000; i++) {
            host.happened(Shop.eventOf("r-" + i, "called", day(0)));
            host.happened(Shop.eventOf("r-" + i, "called", day(1)));
        }
        Set<String> treated = new TreeSet<>();
        for (Effect effect : host.effects()) {
            if (effect instanceof Effect.Decided decided) {
                Decision decision = decided.decision();
                boolean isTreated = decision.group() == Decision.Group.TREATMENT;
                assertThat(decision.propensity().value())
                        .isCloseTo(isTreated ? 0.8 * share : 1 - 0.8 * share, within(1e-12));
                if (isTreated) {
                    treated.add(decision.id().subject().key());
                }
            }
        }
        return treated;
    }
}
