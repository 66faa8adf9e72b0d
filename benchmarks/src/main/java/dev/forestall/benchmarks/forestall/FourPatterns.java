package dev.forestall.benchmarks.forestall;

import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.benchmarks.stream.Traffic;
import dev.forestall.loop.Definition;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Vocabulary;
import dev.forestall.loop.signal.Decline;
import dev.forestall.loop.signal.Detector;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.Stall;
import dev.forestall.loop.signal.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;

/** The four patterns as a definition of Forestall's: one signal each, named as the pattern, raised at each event that meets it. */
final class FourPatterns {

    private static final String HASH = "f0a77e12";

    private FourPatterns() {}

    static Definition definition() {
        var plan = plan();
        List<Watch<?>> signals = List.of(
                each(Pattern.RETRY, new Repeat(any(plan, "login_failed"), 3, minutes(10))),
                each(Pattern.STALL, new Stall(any(plan, "checkout_step"), any(plan, "purchase"), minutes(30))),
                each(Pattern.REPEATED_CONTACT, new Repeat(any(plan, "contact"), 2, days(7))),
                each(Pattern.DECLINE, new Decline(all(plan), 0.4, days(1), 7, 7, 10, true)));
        var names = Arrays.stream(Pattern.values()).map(Pattern::name).toList();
        return new Definition(new Definition.Parts(
                "patterns",
                HASH,
                plan,
                Duration.ofMillis(Traffic.LATENESS_MILLIS),
                Duration.ofMinutes(1),
                Currency.getInstance("EUR"),
                new Vocabulary(List.of(), List.of(), names, List.of()),
                List.of(),
                List.of(),
                signals,
                List.of(),
                List.of(),
                List.of(),
                List.of()));
    }

    private static TrackingPlan plan() {
        var types = new ArrayList<EventType>();
        for (var type : dev.forestall.benchmarks.stream.EventType.values()) {
            types.add(new EventType(type.wireName(), type.ordinal(), List.of()));
        }
        return new TrackingPlan(types, List.of(new IdentifierType("userId", SubjectId.CUSTOMER, 0, 1)));
    }

    private static <C> Watch<C> each(Pattern pattern, Detector<C> detector) {
        return Watch.ofCustomers(pattern.name(), detector).firing(Watch.Fires.EACH);
    }

    private static EventPattern any(TrackingPlan plan, String type) {
        return new EventPattern(List.of(plan.type(type).orElseThrow()), Condition.ALWAYS, type);
    }

    private static EventPattern all(TrackingPlan plan) {
        return new EventPattern(plan.types(), Condition.ALWAYS, "any event");
    }

    private static long minutes(int minutes) {
        return Duration.ofMinutes(minutes).toMillis();
    }

    private static long days(int days) {
        return Duration.ofDays(days).toMillis();
    }
}
