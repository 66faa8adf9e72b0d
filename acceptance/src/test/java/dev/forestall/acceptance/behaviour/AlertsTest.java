package dev.forestall.acceptance.behaviour;

import static dev.forestall.acceptance.behaviour.Shop.PLAN;
import static dev.forestall.acceptance.behaviour.Shop.alert;
import static dev.forestall.acceptance.behaviour.Shop.day;
import static dev.forestall.acceptance.behaviour.Shop.event;
import static dev.forestall.acceptance.behaviour.Shop.order;
import static dev.forestall.acceptance.behaviour.Shop.placed;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.signal.Exit;
import dev.forestall.loop.signal.Sequence;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.signal.Stall;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.testkit.Scenario;
import dev.forestall.testkit.TestPack;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertsTest {

    private static final Duration NEVER = Duration.ZERO;

    private static Definition pack(AlertRule rule) {
        return TestPack.of(PLAN)
                .signal("chasing", Shop.chasing())
                .signal("unpaid", Shop.unpaid())
                .alert(rule)
                .ready();
    }

    @Test
    void a_signal_raises_an_alert_and_a_second_one_merges_into_it() {
        Scenario.given(pack(alert("chasing", "unpaid")), event("called", day(0)))
                .when(event("called", day(1)))
                .thenAlert(Alert.Raised.class)
                .when(placed("o-1", day(1), 1), event("visited", day(3)))
                .thenExactly(
                        "2026-01-07T00:00:00Z c-1 signal unpaid raised: duration 86400000 against 86400000, events [4]",
                        "2026-01-07T00:00:00Z c-1 alert care merged, now 2");
    }

    @Test
    void it_closes_when_the_last_of_its_signals_has_ended() {
        Scenario.given(
                        pack(alert("chasing", "unpaid")),
                        placed("o-1", day(0), 1),
                        event("called", day(1)),
                        event("called", day(2)))
                .when(order("paid", "o-1", day(3)))
                .thenEnded("unpaid", day(3))
                .thenNoAlert()
                .whenTimePasses(day(20))
                .thenEnded("chasing", day(8))
                .thenAlert(Alert.Resolved.class);
    }

    @Test
    void it_closes_as_withdrawn_when_its_only_signal_is_taken_back() {
        Scenario.given(pack(alert("unpaid")), placed("o-1", day(0), 1), event("visited", day(2)))
                .when(order("paid", "o-1", day(0).plusSeconds(60)))
                .thenWithdrawn("unpaid")
                .then("closed as withdrawn", effects -> effects.stream().anyMatch(AlertsTest::isWithdrawn));
    }

    private static boolean isWithdrawn(Effect effect) {
        return effect instanceof Effect.AlertChanged changed
                && changed.alert() instanceof Alert.Resolved resolved
                && resolved.why() == Alert.Why.WITHDRAWN;
    }

    @Test
    void a_signal_that_had_ended_and_is_then_taken_back_does_not_close_what_another_holds_open() {
        Scenario.given(
                        pack(alert("chasing", "unpaid")),
                        event("called", day(0)),
                        event("called", day(1)),
                        placed("o-1", day(1), 1),
                        event("visited", day(3)),
                        order("paid", "o-1", day(4)))
                .when(order("paid", "o-1", day(1).plusSeconds(60)))
                .thenWithdrawn("unpaid")
                .thenNoAlert();
    }

    @Test
    void a_momentary_signal_that_is_taken_back_does_not_close_what_another_holds_open() {
        Definition pack = TestPack.of(PLAN)
                .signal("chasing", Shop.chasing())
                .signal("forgotten", forgotten())
                .alert(alert("chasing", "forgotten"))
                .ready();
        Scenario.given(
                        pack,
                        event("called", day(0)),
                        event("called", day(1)),
                        placed("o-1", day(1), 1),
                        event("visited", day(3)))
                .when(order("paid", "o-1", day(1).plusSeconds(60)))
                .thenWithdrawn("forgotten")
                .thenNoAlert();
    }

    @Test
    void an_alert_on_a_momentary_signal_closes_when_that_is_taken_back() {
        Definition pack = TestPack.of(PLAN)
                .signal("forgotten", forgotten())
                .alert(alert("forgotten"))
                .ready();
        Scenario.given(pack, placed("o-1", day(1), 1))
                .when(event("visited", day(3)))
                .thenAlert(Alert.Raised.class)
                .when(order("paid", "o-1", day(1).plusSeconds(60)))
                .thenAlert(Alert.Resolved.class);
    }

    /** Placed, and no payment within a day: as a sequence, which is over as soon as it is said. */
    private static Sequence forgotten() {
        return new Sequence(
                List.of(new Sequence.Part(PLAN.any("placed"), false), new Sequence.Part(PLAN.any("paid"), true)),
                Duration.ofDays(1).toMillis());
    }

    @Test
    void it_is_paged_once_when_nobody_closed_it_in_time() {
        Scenario.given(
                        pack(alert(Duration.ofHours(2), NEVER, NEVER, "chasing")),
                        event("called", day(0)),
                        event("called", day(1)))
                .whenTimePasses(day(2))
                .thenExactly("2026-01-06T02:00:00Z c-1 alert care paged")
                .whenTimePasses(day(5))
                .thenNoAlert();
    }

    @Test
    void it_is_not_paged_when_it_closed_before() {
        Scenario.given(
                        pack(alert(Duration.ofDays(2), NEVER, NEVER, "unpaid")),
                        placed("o-1", day(0), 1),
                        event("visited", day(2)),
                        order("paid", "o-1", day(2)))
                .whenTimePasses(day(9))
                .thenNoAlert();
    }

    @Test
    void a_second_signal_within_the_rest_is_kept_quiet_with_the_reason() {
        Scenario.given(
                        pack(alert(NEVER, Duration.ofDays(30), NEVER, "chasing")),
                        event("called", day(0)),
                        event("called", day(1)),
                        event("visited", day(20)))
                .when(event("called", day(21)), event("called", day(22)))
                .thenAlert(Alert.Suppressed.class, "already raised within the rest of 30 days");
    }

    @Test
    void the_rest_is_over_at_its_very_end() {
        Definition pack = pack(alert(NEVER, Duration.ofDays(10), NEVER, "chasing"));
        // The first alert closes on day 7: the calls of days 16 and 17 are just outside the rest.
        Scenario.given(pack, event("called", day(0)), event("called", day(0)), event("called", day(16)))
                .when(event("called", day(17)))
                .thenAlert(Alert.Raised.class);
        Scenario.given(pack, event("called", day(0)), event("called", day(0)), event("called", day(16)))
                .when(event("called", day(17).minusMillis(1)))
                .thenAlert(Alert.Suppressed.class);
    }

    @Test
    void an_alert_to_which_nothing_is_added_closes_by_itself() {
        Scenario.given(
                        pack(alert(NEVER, NEVER, Duration.ofDays(2), "unpaid")),
                        placed("o-1", day(0), 1),
                        placed("o-2", day(2), 1))
                .whenTimePasses(day(9))
                .thenExactly(
                        "2026-01-08T00:00:00Z c-1 signal unpaid raised: duration 86400000 against 86400000, events [3]",
                        "2026-01-08T00:00:00Z c-1 alert care raised to team-lead",
                        "2026-01-10T00:00:00Z c-1 alert care closed, silent");
    }

    @Test
    void alerts_by_run_are_kept_apart() {
        Journey journey = Shop.orderJourney();
        Definition pack = TestPack.of(PLAN)
                .journey(journey)
                .signal("unpaid", journey, Shop.unpaid())
                .alert(new AlertRule(
                        "care", TriggerName.signals("unpaid"), "team-lead", AlertRule.GroupBy.RUN, 0, 0, 0))
                .ready();
        Scenario.given(pack, placed("o-1", day(0), 1), placed("o-2", day(0), 1))
                .whenTimePasses(day(3))
                .then(
                        "two alerts",
                        effects -> effects.stream()
                                        .filter(each -> each instanceof Effect.AlertChanged changed
                                                && changed.alert() instanceof Alert.Raised)
                                        .count()
                                == 2)
                .when(order("paid", "o-1", day(3)))
                .then(
                        "the alert about o-1 closed",
                        effects -> effects.stream()
                                .anyMatch(each -> each instanceof Effect.AlertChanged changed
                                        && changed.alert() instanceof Alert.Resolved resolved
                                        && resolved.journeyKey().equals("o-1")));
    }

    @Test
    void a_signal_that_the_end_of_its_run_raises_holds_no_alert_open() {
        for (AlertRule.GroupBy merge : AlertRule.GroupBy.values()) {
            Scenario.given(leaving(merge, NEVER), placed("o-1", day(0), 1))
                    .when(order("cancelled", "o-1", day(1)))
                    .thenRaised("left", day(1))
                    .thenAlert(Alert.Raised.class)
                    .thenAlert(Alert.Resolved.class);
        }
    }

    @Test
    void it_stays_for_its_time_of_silence_if_the_rule_has_one() {
        Scenario.given(leaving(AlertRule.GroupBy.RUN, Duration.ofDays(2)), placed("o-1", day(0), 1))
                .when(order("cancelled", "o-1", day(1)))
                .thenAlert(Alert.Raised.class)
                .then("it is open", effects -> effects.stream().noneMatch(AlertsTest::isClosed))
                .whenTimePasses(day(9))
                .thenExactly("2026-01-08T00:00:00Z c-1 alert care[o-1] closed, silent");
    }

    @Test
    void what_the_end_of_a_run_adds_does_not_keep_open_what_stood_in_it() {
        Scenario.given(leaving(AlertRule.GroupBy.RUN, NEVER), placed("o-1", day(0), 1))
                .whenTimePasses(day(3))
                .thenRaised("unpaid", day(1))
                .when(order("cancelled", "o-1", day(3)))
                .thenAlert(Alert.Resolved.class);
    }

    @Test
    void what_stands_about_another_run_keeps_an_alert_about_the_customer_open() {
        Scenario.given(leaving(AlertRule.GroupBy.SUBJECT, NEVER), placed("o-1", day(0), 1), placed("o-2", day(2), 1))
                .whenTimePasses(day(4))
                .when(order("cancelled", "o-2", day(4)))
                .thenRaised("left", day(4))
                .then("it is open", effects -> effects.stream().noneMatch(AlertsTest::isClosed))
                .when(order("paid", "o-1", day(5)))
                .thenAlert(Alert.Resolved.class);
    }

    @Test
    void an_alert_about_a_run_closes_with_it_when_only_momentary_signals_were_in_it() {
        Journey journey = Shop.orderJourney();
        Definition pack = TestPack.of(PLAN)
                .journey(journey)
                .signal("forgotten", journey, forgotten())
                .alert(new AlertRule(
                        "care", TriggerName.signals("forgotten"), "team-lead", AlertRule.GroupBy.RUN, 0, 0, 0))
                .ready();
        Scenario.given(pack, placed("o-1", day(0), 1))
                .whenTimePasses(day(2))
                .thenAlert(Alert.Raised.class)
                .when(order("cancelled", "o-1", day(3)))
                .thenAlert(Alert.Resolved.class);
    }

    /** An alert on orders that wait for their payment, and on orders that are cancelled. */
    private static Definition leaving(AlertRule.GroupBy merge, Duration closeAfter) {
        Journey journey = Shop.orderJourney();
        return TestPack.of(PLAN)
                .journey(journey)
                .signal("unpaid", journey, Shop.unpaid())
                .signal("left", journey, Exit.of(List.of(), 0, PLAN.tracking()))
                .alert(new AlertRule(
                        "care", TriggerName.signals("unpaid", "left"), "team-lead", merge, 0, 0, closeAfter.toMillis()))
                .ready();
    }

    private static boolean isClosed(Effect effect) {
        return effect instanceof Effect.AlertChanged changed && changed.alert() instanceof Alert.Resolved;
    }

    @Test
    void a_signal_that_was_raised_before_the_alert_does_not_close_it() {
        // The first chasing is quiet (it began during the rest) and stands on; its end must not end the later alert.
        Definition pack = TestPack.of(PLAN)
                .signal("chasing", Shop.chasing())
                .signal("silent", new Stall(PLAN.any("visited"), PLAN.any("placed"), 1))
                .alert(alert(NEVER, Duration.ofDays(2), NEVER, "chasing", "silent"))
                .ready();
        Scenario.given(
                        pack,
                        event("visited", day(0)),
                        placed("o-1", day(1), 1),
                        event("called", day(1)),
                        event("called", day(2)),
                        event("visited", day(4)))
                .whenTimePasses(day(20))
                .thenRaised("silent", day(4).plusMillis(1))
                .thenAlert(Alert.Raised.class)
                .thenEnded("chasing", day(8))
                .then(
                        "it stays open",
                        effects -> effects.stream()
                                .noneMatch(each -> each instanceof Effect.AlertChanged changed
                                        && changed.alert() instanceof Alert.Resolved));
    }

    @Test
    void signals_that_fire_each_time_merge_and_never_close() {
        Definition pack = TestPack.of(PLAN)
                .signal(SignalRule.ofCustomers("chasing", Shop.chasing()).firing(SignalRule.Fires.EACH))
                .alert(alert("chasing"))
                .ready();
        Scenario.given(pack, event("called", day(0)), event("called", day(1)))
                .when(event("called", day(2)))
                .thenAlert(Alert.Merged.class)
                .whenTimePasses(day(60))
                .thenNothing();
    }
}
