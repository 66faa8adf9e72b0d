package dev.forestall.acceptance.behaviour;

import static dev.forestall.acceptance.behaviour.Shop.PLAN;
import static dev.forestall.acceptance.behaviour.Shop.day;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.profile.Trait;
import dev.forestall.loop.profile.Trait.Fold;
import dev.forestall.testkit.Scenario;
import dev.forestall.testkit.TestPack;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TraitsTest {

    private final Definition pack = TestPack.of(PLAN)
            .trait(number("first", Fold.FIRST, Duration.ZERO))
            .trait(number("last", Fold.LAST, Duration.ZERO))
            .trait(number("sum", Fold.SUM, Duration.ZERO))
            .trait(number("min", Fold.MIN, Duration.ZERO))
            .trait(number("max", Fold.MAX, Duration.ZERO))
            .trait(new Trait("calls", "customer", Fold.COUNT, PLAN.any("called"), null, null, 0))
            .trait(new Trait("topic", "customer", Fold.LAST, PLAN.any("called"), null, PLAN.words("topic"), 0))
            .trait(new Trait(
                    "week",
                    "customer",
                    Fold.COUNT,
                    PLAN.any("called"),
                    null,
                    null,
                    Duration.ofDays(7).toMillis()))
            .trait(number("week_minutes", Fold.SUM, Duration.ofDays(7)))
            .ready();

    private static Trait number(String name, Fold fold, Duration within) {
        return new Trait(name, "customer", fold, PLAN.any("called"), PLAN.number("minutes"), null, within.toMillis());
    }

    private static Event call(Instant at, double minutes, String topic) {
        return PLAN.event("called")
                .at(at)
                .with("minutes", minutes)
                .with("topic", topic)
                .build();
    }

    private double number(Scenario story, String trait, Instant at) {
        return known(story, trait, at).number();
    }

    private Loop.Known known(Scenario story, String trait, Instant at) {
        return new Loop(pack)
                .known(SubjectId.customer("c-1"), story.stateOf("c-1"), at.toEpochMilli()).stream()
                        .filter(each -> each.name().equals("trait." + trait))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void folds_take_what_they_are_called() {
        Scenario story =
                Scenario.given(pack, call(day(0), 5, "status"), call(day(1), 2.5, "price"), call(day(2), 9, "status"));
        assertThat(number(story, "first", day(2))).isEqualTo(5);
        assertThat(number(story, "last", day(2))).isEqualTo(9);
        assertThat(number(story, "sum", day(2))).isEqualTo(16.5);
        assertThat(number(story, "min", day(2))).isEqualTo(2.5);
        assertThat(number(story, "max", day(2))).isEqualTo(9);
        assertThat(number(story, "calls", day(2))).isEqualTo(3);
        assertThat(known(story, "topic", day(2)).text()).contains("status");
    }

    @Test
    void a_late_value_is_first_but_not_last() {
        Scenario story = Scenario.given(pack, call(day(3), 5, "now"), call(day(1), 7, "before"));
        assertThat(number(story, "first", day(3))).isEqualTo(7);
        assertThat(number(story, "last", day(3))).isEqualTo(5);
        assertThat(known(story, "topic", day(3)).text()).contains("now");
    }

    @Test
    void of_two_values_at_one_instant_the_later_in_the_log_is_last() {
        Scenario story = Scenario.given(pack, call(day(3), 5, "one"), call(day(3), 7, "two"));
        assertThat(number(story, "first", day(3))).isEqualTo(5);
        assertThat(number(story, "last", day(3))).isEqualTo(7);
    }

    @Test
    void a_rolling_count_forgets_an_event_at_the_very_instant_its_time_is_up() {
        Scenario story = Scenario.given(pack, call(day(0), 5, "a"), call(day(3), 2, "b"));
        assertThat(number(story, "week", day(7).minusMillis(1))).isEqualTo(2);
        assertThat(number(story, "week", day(7))).isEqualTo(1);
        assertThat(number(story, "week_minutes", day(7))).isEqualTo(2);
        assertThat(number(story, "week", day(10))).isZero();
    }

    @Test
    void a_late_event_counts_in_a_rolling_count_when_it_lies_in_the_window() {
        Scenario story = Scenario.given(pack, call(day(10), 5, "a"), call(day(4), 2, "b"), call(day(3), 1, "c"));
        assertThat(number(story, "week", day(10))).isEqualTo(2);
        assertThat(number(story, "week_minutes", day(10))).isEqualTo(7);
    }

    @Test
    void a_rolling_count_keeps_the_latest_events_when_there_are_too_many() {
        Event[] calls = new Event[Trait.MAX_ROLLING + 50];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = call(day(0).plusSeconds(i), 1, "a");
        }
        assertThat(number(Scenario.given(pack, calls), "week", day(1))).isEqualTo(Trait.MAX_ROLLING);
    }

    @Test
    void counts_are_zero_and_other_values_unknown_before_anything_happened() {
        Scenario story = Scenario.given(pack, Shop.event("visited", day(0)));
        assertThat(number(story, "calls", day(0))).isZero();
        assertThat(number(story, "week", day(0))).isZero();
        assertThat(new Loop(pack).known(SubjectId.customer("c-1"), story.stateOf("c-1"), 0))
                .extracting(Loop.Known::name)
                .doesNotContain("trait.first", "trait.topic", "trait.max");
    }
}
