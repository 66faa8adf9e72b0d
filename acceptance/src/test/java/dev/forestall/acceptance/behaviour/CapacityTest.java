package dev.forestall.acceptance.behaviour;

import static dev.forestall.acceptance.behaviour.Shop.PLAN;
import static dev.forestall.acceptance.behaviour.Shop.candidate;
import static dev.forestall.acceptance.behaviour.Shop.eventOf;
import static dev.forestall.testkit.Times.day;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.gate.Proposal.Use;
import dev.forestall.loop.gate.Purpose;
import dev.forestall.loop.gate.Resource;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.testkit.Scenario;
import dev.forestall.testkit.TestPack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What there is only so much of is granted by a subject of its own, so that many customers cannot take the same part of it. */
class CapacityTest {

    private static final Instant NOON = day(1).plus(Duration.ofHours(12));

    /** Calls take six of ten minutes that there are in an hour. */
    private static Definition pack() {
        Action call = new Action(
                "call",
                "workflow",
                "call.bpmn",
                Purpose.SERVICE,
                List.of("voice"),
                null,
                List.of(new Use("agent_minutes", 6)),
                Shop.action("call", "voice", 10).cost());
        TestPack pack = TestPack.of(PLAN)
                .signal(SignalRule.ofCustomers("chasing", Shop.chasing()).firing(SignalRule.Fires.EACH))
                .resource(new Resource("agent_minutes", 10, Duration.ofHours(1).toMillis()));
        return pack.policy(Shop.policy(pack, "chasing", 0, Duration.ZERO, candidate(call, 5)))
                .ready();
    }

    /** Ann and Bob have each called twice and are to be called. */
    private static Scenario story() {
        return Scenario.live(pack(), eventOf("ann", "called", day(0)), eventOf("bob", "called", day(0)))
                .when(eventOf("ann", "called", NOON), eventOf("bob", "called", NOON.plusSeconds(1)));
    }

    private static EffectId requestOf(Scenario story, String customer) {
        return story.host().effects().stream()
                .filter(each -> each instanceof Effect.ActionRequested
                        && each.subject().key().equals(customer))
                .map(each -> ((Effect.ActionRequested) each).request())
                .map(ActionRequest::id)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static Scenario bothDue(Scenario story) {
        return story.whenReported(requestOf(story, "ann"), NOON.plusSeconds(60), Report.Due::new)
                .thenExactly(
                        "2026-01-06T12:01:00Z ann request call held, capacity: agent_minutes, 10 per 1 h",
                        "2026-01-06T12:01:00Z ann tells resource:agent_minutes claims 6 of agent_minutes")
                .whenReported(requestOf(story, "bob"), NOON.plusSeconds(61), Report.Due::new);
    }

    @Test
    void who_asks_first_gets_it_and_who_asks_later_waits_for_the_next_period() {
        Scenario story = bothDue(story());
        story.whenTimePasses(NOON.plus(Duration.ofMinutes(2)))
                .thenExactly(
                        "2026-01-06T12:01:00Z resource:agent_minutes tells ann grants agent_minutes until 2026-01-06T13:00:00Z",
                        "2026-01-06T12:01:01Z resource:agent_minutes tells bob has nothing left of agent_minutes until"
                                + " 2026-01-06T13:00:00Z",
                        "2026-01-06T12:01:00Z ann request call resumed by resource:agent_minutes",
                        "2026-01-06T12:01:01Z bob request call deferred until 2026-01-06T13:00:00Z, capacity:"
                                + " agent_minutes, 10 per 1 h")
                .whenReported(requestOf(story, "ann"), NOON.plusSeconds(180), Report.Due::new)
                .thenExactly("2026-01-06T12:03:00Z ann permits call by voice, attempt 1")
                .whenReported(requestOf(story, "bob"), NOON.plus(Duration.ofHours(1)), Report.Due::new)
                .whenTimePasses(NOON.plus(Duration.ofMinutes(61)))
                .whenReported(requestOf(story, "bob"), NOON.plus(Duration.ofMinutes(62)), Report.Due::new)
                .thenExactly("2026-01-06T13:02:00Z bob permits call by voice, attempt 1");
    }

    @Test
    void what_is_not_needed_is_given_back() {
        Scenario story = bothDue(story());
        story.whenTimePasses(NOON.plus(Duration.ofMinutes(2)))
                .whenReported(
                        requestOf(story, "ann"),
                        NOON.plusSeconds(180),
                        (head, request) -> new Report.Withdrawn(head, request, ""))
                .thenExactly(
                        "2026-01-06T12:03:00Z ann request call withdrawn from requested, by desk",
                        "2026-01-06T12:03:00Z ann tells resource:agent_minutes gives back its part of agent_minutes")
                .whenTimePasses(NOON.plus(Duration.ofMinutes(4)));
        story.when(eventOf("bob", "called", NOON.plus(Duration.ofMinutes(5))))
                .whenReported(requestOf(story, "bob"), NOON.plus(Duration.ofMinutes(6)), Report.Due::new)
                .whenTimePasses(NOON.plus(Duration.ofMinutes(7)))
                .whenReported(requestOf(story, "bob"), NOON.plus(Duration.ofMinutes(8)), Report.Due::new)
                .thenExactly("2026-01-06T12:08:00Z bob permits call by voice, attempt 1");
    }

    @Test
    void what_is_granted_after_the_request_has_ended_is_given_back() {
        Scenario story = story();
        story.whenReported(requestOf(story, "ann"), NOON.plusSeconds(60), Report.Due::new)
                .whenReported(
                        requestOf(story, "ann"),
                        NOON.plusSeconds(61),
                        (head, request) -> new Report.Withdrawn(head, request, ""))
                .whenTimePasses(NOON.plus(Duration.ofMinutes(2)))
                .thenExactly(
                        "2026-01-06T12:01:00Z resource:agent_minutes tells ann grants agent_minutes until 2026-01-06T13:00:00Z",
                        "2026-01-06T12:01:00Z ann tells resource:agent_minutes gives back its part of agent_minutes");
    }

    @Test
    void whoever_asks_again_does_not_claim_twice() {
        Scenario story = story();
        for (int second = 60; second < 70; second++) {
            story.whenReported(requestOf(story, "ann"), NOON.plusSeconds(second), Report.Due::new);
        }
        story.whenTimePasses(NOON.plus(Duration.ofMinutes(2)));
        assertThat(story.effects().toString()).doesNotContain("isGranted=false");
    }
}
