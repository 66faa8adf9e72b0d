package dev.forestall.acceptance.behaviour;

import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.gate.Cap;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.roi.OutcomeRule;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.Stall;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;

/** A small shop to tell stories about: orders that are placed, shipped and delivered, and customers who call. */
final class Shop {

    static final TestPlan PLAN = TestPlan.declare()
            .event("placed", "order: string", "amount: money")
            .event("paid", "order: string")
            .event("shipped", "order: string")
            .event("delivered", "order: string")
            .event("cancelled", "order: string")
            .event("refused", "order: string")
            .event("called", "topic: string", "minutes: number")
            .event("visited")
            .ready();

    static final Currency EUR = Currency.getInstance("EUR");

    private Shop() {}

    static Event event(String type, Instant at) {
        return PLAN.event(type).at(at).build();
    }

    static Event eventOf(String customer, String type, Instant at) {
        return PLAN.event(type).of(customer).at(at).build();
    }

    static Event order(String type, String order, Instant at) {
        return PLAN.event(type).at(at).with("order", order).build();
    }

    static Event placed(String order, Instant at, long amountMinor) {
        return PLAN.event("placed")
                .at(at)
                .with("order", order)
                .with("amount", amountMinor)
                .build();
    }

    /** An order, from its placing to its delivery; given up after 30 silent days. */
    static Journey orderJourney() {
        return new Journey(
                "order",
                PLAN.key("order"),
                PLAN.any("placed"),
                List.of(
                        new Journey.Step("open", PLAN.any("placed")),
                        new Journey.Step("paid", PLAN.any("paid")),
                        new Journey.Step("underway", PLAN.any("shipped"))),
                PLAN.any("delivered"),
                PLAN.any("cancelled"),
                PLAN.any("refused"),
                Duration.ofDays(30).toMillis(),
                PLAN.number("amount"),
                EUR);
    }

    /** Two calls within a week. */
    static Repeat chasing() {
        return new Repeat(PLAN.any("called"), 2, Duration.ofDays(7).toMillis());
    }

    /** No payment within a day of an order. */
    static Stall unpaid() {
        return new Stall(
                PLAN.any("placed"), PLAN.any("paid"), Duration.ofDays(1).toMillis());
    }

    /** An alert about some signals, without paging, resting or closing by itself. */
    static AlertRule alert(String... signals) {
        return alert(Duration.ZERO, Duration.ZERO, Duration.ZERO, signals);
    }

    static AlertRule alert(Duration escalate, Duration cooldown, Duration resolve, String... signals) {
        return new AlertRule(
                "care",
                TriggerName.signals(signals),
                "team-lead",
                AlertRule.GroupBy.SUBJECT,
                escalate.toMillis(),
                cooldown.toMillis(),
                resolve.toMillis());
    }

    static Action action(String name, String channel, long costMinor) {
        return new Action(name, "message", name, channel, new Money(costMinor, EUR));
    }

    /** Something that may be done, and what it is worth before its cost. */
    static Policy.Candidate candidate(Action action, double upliftTimesHundred) {
        return new Policy.Candidate(action, scope -> upliftTimesHundred / 100, Condition.ALWAYS, "");
    }

    /** Decides on a signal; a candidate is worth 100.00 for each percent of uplift, minus its cost. */
    static Policy policy(TestPack pack, String on, double holdout, Duration cooldown, Policy.Candidate... candidates) {
        Formula uplift = pack.number("uplift");
        Formula cost = pack.number("cost");
        return new Policy(
                "save",
                TriggerName.signals(on),
                Condition.ALWAYS,
                List.of(candidates),
                null,
                scope -> uplift.value(scope) * 1_000_000 - cost.value(scope),
                new Probability(holdout),
                cooldown.toMillis());
    }

    static Cap cap(String channel, int times, Duration within) {
        return channel.isEmpty()
                ? Cap.ofAll(times, within.toMillis())
                : Cap.ofChannel(channel, times, within.toMillis());
    }

    /** Good when the customer visits within three days. */
    static OutcomeRule comesBack() {
        return new OutcomeRule(
                "comes_back", PLAN.any("visited"), Duration.ofDays(3).toMillis(), true);
    }

    static Instant day(int day) {
        return Times.day(day);
    }
}
