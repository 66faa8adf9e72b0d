package dev.forestall.acceptance.behaviour;

import static dev.forestall.acceptance.behaviour.Shop.PLAN;
import static dev.forestall.acceptance.behaviour.Shop.day;
import static dev.forestall.acceptance.behaviour.Shop.order;
import static dev.forestall.acceptance.behaviour.Shop.placed;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.journey.Transition.Kind;
import dev.forestall.loop.signal.Threshold;
import dev.forestall.testkit.Scenario;
import dev.forestall.testkit.TestPack;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneysTest {

    private final Definition pack =
            TestPack.of(PLAN).journey(Shop.orderJourney()).ready();

    private Scenario given(Event... events) {
        return Scenario.given(pack, events);
    }

    @Test
    void a_smooth_run_passes_its_steps_and_reaches_its_goal() {
        given(placed("o-1", day(0), 4_000), order("paid", "o-1", day(1)))
                .when(order("shipped", "o-1", day(2)), order("delivered", "o-1", day(4)))
                .thenExactly(
                        "2026-01-07T00:00:00Z c-1 journey order[o-1] moved from 'paid' to 'underway' after PT24H, worth 40.00 EUR",
                        "2026-01-09T00:00:00Z c-1 journey order[o-1] reached goal from 'underway' to '' after PT48H, worth 40.00 EUR");
    }

    @Test
    void a_run_begins_in_the_step_that_its_first_event_enters() {
        given().when(placed("o-1", day(0), 4_000))
                .thenExactly(
                        "2026-01-05T00:00:00Z c-1 journey order[o-1] started after PT0S, worth 40.00 EUR",
                        "2026-01-05T00:00:00Z c-1 journey order[o-1] moved from '' to 'open' after PT0S, worth 40.00 EUR");
    }

    @Test
    void going_back_a_step_is_told_as_backwards() {
        given(placed("o-1", day(0), 1), order("shipped", "o-1", day(1)))
                .when(order("paid", "o-1", day(2)))
                .then(
                        "a move backwards",
                        effects -> transition(effects.getFirst()).backwards());
    }

    @Test
    void the_same_step_again_is_no_move() {
        given(placed("o-1", day(0), 1), order("paid", "o-1", day(1)))
                .when(order("paid", "o-1", day(2)))
                .thenNothing();
    }

    @Test
    void two_orders_at_once_are_two_runs() {
        given(placed("o-1", day(0), 1), placed("o-2", day(1), 1))
                .when(order("cancelled", "o-1", day(2)), order("delivered", "o-2", day(3)))
                .thenTransition("order", Kind.FAILED)
                .thenTransition("order", Kind.REACHED_GOAL);
    }

    @Test
    void what_ends_neither_well_nor_badly_closes() {
        given(placed("o-1", day(0), 1)).when(order("refused", "o-1", day(1))).thenTransition("order", Kind.CLOSED);
    }

    @Test
    void events_of_an_order_that_never_started_are_about_no_run() {
        given().when(order("paid", "o-1", day(0)), order("delivered", "o-1", day(1)))
                .thenNothing();
    }

    @Test
    void an_event_without_a_key_is_about_no_run() {
        given(placed("o-1", day(0), 1)).when(Shop.event("delivered", day(1))).thenNothing();
    }

    @Test
    void a_silent_run_is_given_up_at_its_own_instant_however_late_that_is_noticed() {
        given(placed("o-1", day(0), 1), order("paid", "o-1", day(3)))
                .whenTimePasses(day(50))
                .then(
                        "abandoned 30 days after the payment",
                        effects -> transition(effects.getFirst()).kind() == Kind.ABANDONED
                                && effects.getFirst().atMillis() == day(33).toEpochMilli());
    }

    @Test
    void an_event_at_the_very_end_of_the_silence_still_counts() {
        given(placed("o-1", day(0), 1)).when(order("paid", "o-1", day(30))).thenTransition("order", Kind.MOVED);
    }

    @Test
    void an_order_number_that_is_used_again_is_a_new_run() {
        given(placed("o-1", day(0), 1), order("delivered", "o-1", day(1)))
                .when(placed("o-1", day(5), 1))
                .thenTransition("order", Kind.STARTED);
    }

    @Test
    void a_late_event_does_not_move_the_customer_back() {
        given(placed("o-1", day(0), 1), order("shipped", "o-1", day(5)))
                .when(order("paid", "o-1", day(2)))
                .thenNothing();
    }

    @Test
    void with_too_many_runs_the_oldest_is_given_up() {
        Scenario story = given();
        for (int i = 0; i < Journey.MAX_RUNS; i++) {
            story.when(placed("o-" + i, day(0).plusSeconds(i), 1));
        }
        story.when(placed("one-more", day(1), 1))
                .then(
                        "the first order displaced",
                        effects -> transition(effects.getFirst()).kind() == Kind.DISPLACED
                                && transition(effects.getFirst()).journeyKey().equals("o-0"));
    }

    @Test
    void a_condition_about_a_run_is_judged_also_when_time_alone_ends_it() {
        Journey journey = Shop.orderJourney();
        TestPack declared = TestPack.of(PLAN).journey(journey);
        int open = declared.numberSoFar("journey.order.open");
        Threshold over = new Threshold(
                scope -> Truth.of(scope.number(open) == 0), PLAN.any("placed").types(), List.of());
        Definition watched = declared.signal("over", journey, over).ready();
        Scenario.given(watched, placed("o-1", day(0), 1))
                .whenTimePasses(day(40))
                .thenRaised("over", day(30));
        // A run that makes room for another one ends by an event that is not its own.
        Scenario crowded = Scenario.given(watched);
        for (int i = 0; i < Journey.MAX_RUNS; i++) {
            crowded.when(placed("o-" + i, day(0).plusSeconds(i), 1));
        }
        crowded.when(placed("one-more", day(1), 1)).thenRaised("over", day(1));
    }

    @Test
    void an_amount_beyond_all_measure_is_no_value() {
        Journey endless = new Journey(
                "order",
                PLAN.key("order"),
                PLAN.any("placed"),
                List.of(),
                PLAN.any(),
                PLAN.any(),
                PLAN.any(),
                0,
                scope -> Double.POSITIVE_INFINITY,
                Shop.EUR);
        Scenario.given(TestPack.of(PLAN).journey(endless).ready())
                .when(placed("o-1", day(0), 1))
                .then(
                        "no value",
                        effects -> transition(effects.getFirst()).value().isEmpty());
    }

    private static Transition transition(Effect effect) {
        return ((Effect.Transitioned) effect).transition();
    }
}
