package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.signal.Stall;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.testkit.MemoryInputLog;
import dev.forestall.testkit.MemoryStateStore;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is old when it comes to be known is recorded, and nobody is contacted for it. */
class OldNewsTest {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long START = Times.START.toEpochMilli();

    private static final TestPlan PLAN =
            TestPlan.declare().event("started").event("paid").ready();

    private final MemoryInputLog log = new MemoryInputLog();
    private final MemoryStateStore store = new MemoryStateStore();
    private final Host host = new Host(pack(), log, store, HostOptions.defaults());

    /** Who starts and does not pay within half an hour is written to. */
    private static Definition pack() {
        Action write = new Action("write", "message", "write", "email", new Money(2, Currency.getInstance("EUR")));
        return TestPack.of(PLAN)
                .tick(Duration.ofMinutes(1))
                .lateness(Duration.ofMinutes(2))
                .signal("stuck", new Stall(PLAN.any("started"), PLAN.any("paid"), 30 * MINUTE))
                .policy(new Policy(
                        "help",
                        TriggerName.signals("stuck"),
                        Condition.ALWAYS,
                        List.of(new Policy.Candidate(write, scope -> 1, Condition.ALWAYS, "")),
                        null,
                        scope -> 1,
                        new Probability(0),
                        0))
                .ready();
    }

    @AfterEach
    void close() {
        host.close();
    }

    private static Event started(String customer, long atMillis) {
        return PLAN.event("started").of(customer).at(atMillis).build();
    }

    private void live(Event event, long receivedMillis) {
        Origin origin = new Origin("web", Origin.NONE, 0).live(0, receivedMillis);
        host.accept(new Logged.Arrived(origin, event));
    }

    private List<Decision> decisions() {
        List<Decision> decisions = new ArrayList<>();
        try (Cursor<Effect> effects = host.effects()) {
            effects.forEachRemaining(each -> {
                if (each instanceof Effect.Decided decided) {
                    decisions.add(decided.decision());
                }
            });
        }
        return decisions;
    }

    private long requests() {
        long requests = 0;
        try (Cursor<Effect> effects = host.effects()) {
            while (effects.hasNext()) {
                requests += effects.next() instanceof Effect.ActionRequested ? 1 : 0;
            }
        }
        return requests;
    }

    @Test
    void what_happens_now_is_acted_on() {
        live(started("ann", START), START + 500);
        host.passTime(START + 33 * MINUTE);
        host.commit();
        assertThat(decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.isTooLate()).isFalse();
            assertThat(decision.chosen()).isEqualTo("write");
        });
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void three_days_down_and_everybody_stalled_contacts_nobody_and_says_so() {
        int customers = 100_000;
        for (int i = 0; i < customers; i++) {
            live(started("c-" + i, START + i), START + i);
        }
        host.commit();
        assertThat(decisions()).isEmpty();

        host.passTime(START + 3 * DAY);
        host.commit();
        assertThat(decisions()).hasSize(customers).allMatch(Decision::isTooLate);
        assertThat(requests()).isZero();
        assertThat(host.progress().tooLate()).isEqualTo(customers);
    }

    @Test
    void a_backlog_that_comes_in_late_contacts_nobody() {
        long now = START + 3 * DAY;
        for (int i = 0; i < 100; i++) {
            live(started("c-" + i, START + i * MINUTE), now + i);
        }
        live(started("last", now), now + 200);
        host.commit();
        assertThat(decisions()).hasSize(100).allMatch(Decision::isTooLate);
        assertThat(requests()).isZero();
    }

    @Test
    void who_was_too_late_once_is_helped_the_next_time() {
        live(started("ann", START), START);
        host.passTime(START + DAY);
        live(started("ann", START + DAY), START + DAY);
        host.passTime(START + DAY + 33 * MINUTE);
        host.commit();
        assertThat(decisions()).extracting(Decision::isTooLate).containsExactly(true, false);
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void in_history_nothing_is_too_late() {
        host.accept(new Logged.Arrived(new Origin("log.csv", 0, 1), started("ann", START)));
        host.accept(new Logged.Arrived(new Origin("log.csv", 1, 2), started("bob", START + DAY)));
        host.commit();
        assertThat(decisions())
                .singleElement()
                .satisfies(decision -> assertThat(decision.isTooLate()).isFalse());
    }

    @Test
    void a_sender_whose_clock_is_ahead_ages_nobody() {
        live(started("ann", START), START);
        live(started("wrong", START + 5 * DAY), START + MINUTE);
        host.commit();
        assertThat(decisions()).isEmpty();
        assertThat(host.progress().tickMillis()).isLessThan(START + MINUTE);
        live(PLAN.event("paid").of("ann").at(START + 10 * MINUTE).build(), START + 10 * MINUTE);
        host.passTime(START + 40 * MINUTE);
        host.commit();
        assertThat(decisions()).isEmpty();
    }
}
