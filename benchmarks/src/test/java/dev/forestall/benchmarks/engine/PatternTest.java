package dev.forestall.benchmarks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.benchmarks.pattern.MatchSink;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.benchmarks.pattern.Reference;
import dev.forestall.benchmarks.stream.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each pattern means at its edges; the brute-force answer and the hand-written engine must both say so. */
class PatternTest {

    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

    private final List<Activity> activities = new ArrayList<>();

    @Test
    void the_third_failed_login_within_ten_minutes_matches_and_so_does_each_further_one() {
        happens("login_failed", at("PT0S"), at("PT5M"), at("PT9M59.999S"), at("PT10M"));

        matches(match(Pattern.RETRY, at("PT9M59.999S")), match(Pattern.RETRY, at("PT10M")));
    }

    @Test
    void a_failed_login_exactly_ten_minutes_ago_no_longer_counts() {
        happens("login_failed", at("PT0S"), at("PT5M"), at("PT10M"));

        matches();
    }

    @Test
    void a_checkout_without_progress_for_half_an_hour_matches_at_the_end_of_that_time() {
        happens("checkout_step", at("PT0S"));
        happens("page_view", at("PT20M"));

        matches(match(Pattern.STALL, at("PT30M")));
    }

    @Test
    void progress_after_exactly_half_an_hour_is_still_in_time() {
        happens("checkout_step", at("PT0S"));
        happens("purchase", at("PT30M"));

        matches();
    }

    @Test
    void progress_a_millisecond_later_is_too_late() {
        happens("checkout_step", at("PT0S"), at("PT30M0.001S"));
        happens("purchase", at("PT31M"));

        matches(match(Pattern.STALL, at("PT30M")));
    }

    @Test
    void each_checkout_step_starts_the_half_hour_anew() {
        happens("checkout_step", at("PT0S"), at("PT10M"));

        matches(match(Pattern.STALL, at("PT40M")));
    }

    @Test
    void a_purchase_before_the_step_in_the_same_millisecond_is_no_progress() {
        happens("purchase", at("PT0S"));
        happens("checkout_step", at("PT0S"));

        matches(match(Pattern.STALL, at("PT30M")));
    }

    @Test
    void a_second_contact_matches_within_seven_days_and_not_after_exactly_seven() {
        happens("contact", at("PT0S"), at("P7D"), at("P13DT23H59M"));

        matches(match(Pattern.REPEATED_CONTACT, at("P13DT23H59M")));
    }

    @Test
    void activity_falling_below_two_fifths_of_the_week_before_matches_at_each_event() {
        for (var i = 0; i < 10; i++) {
            happens("search", at("PT" + i + "M"));
        }
        happens("search", at("P7D"), at("P7DT1M"), at("P7DT2M"), at("P7DT3M"), at("P8D"));

        matches(
                match(Pattern.DECLINE, at("P7D")),
                match(Pattern.DECLINE, at("P7DT1M")),
                match(Pattern.DECLINE, at("P7DT2M")));
    }

    @Test
    void days_begin_at_midnight_utc() {
        for (var i = 0; i < 10; i++) {
            happens("search", at("PT" + i + "M"));
        }
        happens("search", at("P6DT11H59M59.999S"), at("P6DT12H"));

        matches(match(Pattern.DECLINE, at("P6DT12H")));
    }

    @Test
    void a_week_of_nine_activities_is_too_few_to_decline_from() {
        for (var i = 0; i < 9; i++) {
            happens("search", at("PT" + i + "M"));
        }
        happens("search", at("P7D"));

        matches();
    }

    private record Match(Pattern pattern, String customer, long at, int cause) {}

    private static long at(String duration) {
        return START.plus(Duration.parse(duration)).toEpochMilli();
    }

    private static Match match(Pattern pattern, long at) {
        return new Match(pattern, "ann", at, 0);
    }

    private void happens(String type, long... times) {
        for (var at : times) {
            activities.add(new Activity(activities.size(), "ann", type, at));
        }
    }

    private void matches(Match... expected) {
        assertThat(byReference()).containsExactlyInAnyOrder(expected);
        assertThat(byHand()).containsExactlyInAnyOrder(expected);
    }

    private List<Match> byReference() {
        var found = new ArrayList<Match>();
        Reference.find(activities, collect(found));
        return found;
    }

    private List<Match> byHand() {
        var found = new ArrayList<Match>();
        new HandWritten(1, EnumSet.allOf(Pattern.class)).detect(activities.iterator(), collect(found), () -> {});
        return found;
    }

    /** The cause is not compared: these tests ask what matches when. */
    private static MatchSink collect(List<Match> found) {
        return (pattern, customer, at, cause) -> found.add(new Match(pattern, customer, at, 0));
    }
}
