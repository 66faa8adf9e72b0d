package dev.forestall.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.Definition;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.trigger.TriggerName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScenarioTest {

    private static final TestPlan PLAN =
            TestPlan.declare().event("called").event("seen").ready();

    private final Definition pack = TestPack.of(PLAN)
            .signal(
                    "chasing",
                    new Repeat(PLAN.any("called"), 2, Duration.ofDays(7).toMillis()))
            .alert(new AlertRule(
                    "care",
                    TriggerName.signals("chasing"),
                    "lead",
                    AlertRule.GroupBy.SUBJECT,
                    0,
                    Duration.ofDays(30).toMillis(),
                    0))
            .ready();

    private static Event called(int day) {
        return PLAN.event("called").at(Times.day(day)).build();
    }

    @Test
    void a_story_reads_from_top_to_bottom() {
        Scenario.given(pack, called(0))
                .when(called(2))
                .thenRaised("chasing", Times.day(2))
                .thenAlert(Alert.Raised.class)
                .whenTimePasses(Times.day(20))
                .thenEnded("chasing", Times.day(7))
                .thenAlert(Alert.Resolved.class)
                .when(called(21), called(22))
                .thenAlert(Alert.Suppressed.class, "within the rest");
    }

    @Test
    void what_was_given_is_not_what_came_of_it() {
        Scenario.given(pack, called(0), called(1))
                .when(called(2))
                .thenNoSignal()
                .thenNothing();
    }

    @Test
    void a_wrong_expectation_tells_all_that_came_instead() {
        Scenario story = Scenario.given(pack, called(0)).when(called(2));
        assertThatThrownBy(() -> story.thenRaised("chasing", Times.day(3)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected: signal chasing raised at 2026-01-08T00:00:00Z\n"
                        + "but this came of it:\n"
                        + "  2026-01-07T00:00:00Z c-1 signal chasing raised: count 2 against 1, events [1, 3]\n"
                        + "  2026-01-07T00:00:00Z c-1 alert care raised to lead");
        assertThatThrownBy(story::thenNoSignal).isInstanceOf(AssertionError.class);
        assertThatThrownBy(story::thenNoAlert).isInstanceOf(AssertionError.class);
        assertThatThrownBy(story::thenNothing).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> story.thenAlert(Alert.Suppressed.class)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> story.thenDecided("any", "nothing")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> story.thenOutcome("any", true)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> story.thenWithdrawn("chasing")).isInstanceOf(AssertionError.class);
    }

    @Test
    void an_event_that_the_plan_does_not_know_is_named_with_those_it_knows() {
        assertThatThrownBy(() -> PLAN.event("caled"))
                .hasMessage("the plan has no event 'caled'; it has [called, seen]");
        assertThatThrownBy(() -> PLAN.event("called").with("amount", 3).build())
                .hasMessageContaining("event called has no property 'amount'");
    }

    @Test
    void a_failing_seed_names_itself_and_how_to_see_it_again() {
        assertThatThrownBy(() -> Seeds.forEach(10, seed -> assertThat(seed).isLessThan(4)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("seed 4: ")
                .hasMessageContaining("-Dforestall.sim.seed=4");
    }
}
