package dev.forestall.learning.gather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.feature.FeatureRules;
import dev.forestall.loop.feature.Features;
import dev.forestall.loop.journey.Journeys;
import dev.forestall.loop.risk.Sample;
import dev.forestall.loop.signal.Signals;
import dev.forestall.loop.state.Slots;
import dev.forestall.testkit.TestPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SurveyTest {

    /** Enough customers for a text to be frequent: at least ten of them must have had it. */
    private static final int ENOUGH = 10;

    private final Features features = features();
    private final List<String> keys = Survey.keys(features);
    private final Survey survey = new Survey(features);
    private int moments;

    private static Features features() {
        var plan = TestPlan.declare()
                .event("contact", "channel: string", "minutes: number")
                .ready()
                .tracking();
        Slots slots = new Slots();
        Journeys journeys = new Journeys(List.of(), slots);
        Signals signals = new Signals(plan, journeys, List.of(), Set.of(), slots);
        return new Features(plan, journeys, signals, List.of(), FeatureRules.STANDARD, slots);
    }

    @Test
    void of_columns_only_those_that_differ_between_moments_are_chosen_and_of_equal_ones_the_first() {
        assertThat(keys.size()).isGreaterThan(8);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50; i++) {
            float[] row = new float[keys.size()];
            for (int c = 0; c < row.length; c++) {
                row[c] = random.nextInt(1_000);
            }
            // The same all the time, never there, once there, equal to another, sometimes missing, only one moment
            // differs.
            row[0] = 7;
            row[1] = Float.NaN;
            row[2] = i == 20 ? 3 : Float.NaN;
            row[4] = row[3];
            row[5] = i % 2 == 0 ? Float.NaN : i;
            row[6] = i == 49 ? 1 : 0;
            take("c-" + i, i, row, null);
        }
        List<String> expected = new ArrayList<>(keys);
        expected.removeAll(List.of(keys.get(0), keys.get(1), keys.get(2), keys.get(4)));
        assertThat(survey.chosen(1)).containsExactlyElementsOf(expected);
        assertThat(survey.moments()).isEqualTo(50);
    }

    @Test
    void columns_of_the_same_values_in_another_order_are_both_chosen() {
        for (int i = 0; i < 10; i++) {
            float[] row = new float[keys.size()];
            row[0] = i;
            row[1] = 9 - i;
            take("c-" + i, i, row, null);
        }
        assertThat(survey.chosen(1)).containsExactly(keys.get(0), keys.get(1));
    }

    @Test
    void texts_that_few_customers_have_had_are_not_told_apart_however_often_they_came() {
        for (int i = 0; i < ENOUGH; i++) {
            happened("c-" + i, i, "phone");
            happened("c-" + i % (ENOUGH - 1), i, "chat");
        }
        for (int i = 0; i < 100; i++) {
            happened("c-0", i, "fax");
        }
        assertThat(levels(survey.chosen(1)))
                .containsExactly("is(property channel)=phone", "times(property channel)=phone");
    }

    @Test
    void the_texts_of_more_customers_come_first() {
        for (int i = 0; i < 30; i++) {
            happened("c-" + i, i, i % 3 == 0 ? "chat" : "phone");
        }
        assertThat(levels(survey.chosen(1)))
                .filteredOn(key -> key.startsWith("is("))
                .containsExactly("is(property channel)=phone", "is(property channel)=chat");
    }

    @Test
    void texts_of_the_time_that_is_tested_on_are_not_learned() {
        for (int i = 0; i < 80; i++) {
            happened("c-" + i, i, "phone");
        }
        for (int i = 80; i < 100; i++) {
            happened("c-" + i, i, "video");
        }
        assertThat(levels(survey.chosen(0.75))).isNotEmpty().allMatch(key -> key.endsWith("=phone"));
        assertThat(levels(survey.chosen(1))).anyMatch(key -> key.endsWith("=video"));
    }

    @Test
    void moments_need_not_come_in_the_order_of_time_for_that() {
        for (int i = 99; i >= 0; i--) {
            happened("c-" + i, i, i < 80 ? "phone" : "video");
        }
        assertThat(levels(survey.chosen(0.75))).isNotEmpty().allMatch(key -> key.endsWith("=phone"));
    }

    @Test
    void texts_of_those_who_began_last_are_not_learned_even_when_most_moments_are_theirs() {
        for (int i = 0; i < 80; i++) {
            happened("c-" + i, i, "phone");
        }
        for (int i = 0; i < 900; i++) {
            happened("late-" + i % 20, 80 + i, "video");
        }
        assertThat(levels(survey.chosen(0.8, Survey.From.FIRST_SUBJECTS)))
                .isNotEmpty()
                .allMatch(key -> key.endsWith("=phone"));
        assertThat(levels(survey.chosen(0.8))).anyMatch(key -> key.endsWith("=video"));
    }

    @Test
    void whatever_is_chosen_can_be_sampled() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 3_000; i++) {
            float[] row = new float[keys.size()];
            for (int c = 0; c < row.length; c++) {
                row[c] = random.nextInt(1_000);
            }
            take("c-" + random.nextInt(500), i, row, "level " + random.nextInt(20));
        }
        List<String> chosen = survey.chosen(0.8);
        assertThat(chosen).doesNotHaveDuplicates().hasSize(keys.size() + 2 * 20);
        assertThat(features.space(chosen).size()).isEqualTo(chosen.size());
    }

    @Test
    void where_nothing_was_seen_nothing_is_chosen() {
        assertThat(survey.chosen(0.75)).isEmpty();
    }

    private static List<String> levels(List<String> chosen) {
        return chosen.stream().filter(key -> key.contains("=")).toList();
    }

    private void happened(String customer, long at, String channel) {
        take(customer, at, new float[keys.size()], channel);
    }

    private void take(String customer, long at, float[] row, @Nullable String channel) {
        EffectId id = new EffectId(SubjectId.customer(customer), moments++, 0);
        @Nullable
        String[] texts = features.sources().stream()
                .map(source -> source.equals("property channel") ? channel : null)
                .toArray(String[]::new);
        survey.after(new Sample.Taken(id, "leaves", at, row, texts, Truth.UNKNOWN));
    }
}
