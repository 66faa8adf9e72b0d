package dev.forestall.acceptance.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.gate.Calendar;
import dev.forestall.loop.gate.DailyHours;
import dev.forestall.loop.gate.Gate;
import dev.forestall.loop.gate.GateAnswer;
import dev.forestall.loop.gate.GateRule;
import dev.forestall.loop.gate.GateRules;
import dev.forestall.loop.gate.Proposal;
import dev.forestall.loop.gate.Purpose;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Slots;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

    @ParameterizedTest(name = "{0}: {1} at {2} until {3}")
    @CsvSource({
        // across midnight, and on the edges
        "Europe/Berlin, 21:00-08:00, 2026-01-10T19:59:59.999Z, allowed",
        "Europe/Berlin, 21:00-08:00, 2026-01-10T20:00:00Z, 2026-01-11T07:00:00Z",
        "Europe/Berlin, 21:00-08:00, 2026-01-11T06:59:59.999Z, 2026-01-11T07:00:00Z",
        "Europe/Berlin, 21:00-08:00, 2026-01-11T07:00:00Z, allowed",
        "Asia/Kathmandu, 21:00-08:00, 2026-01-10T16:00:00Z, 2026-01-11T02:15:00Z",
        // the night on which clocks go forward is an hour shorter, the one on which they go back an hour longer
        "Europe/Berlin, 21:00-08:00, 2026-03-28T21:00:00Z, 2026-03-29T06:00:00Z",
        "Europe/Berlin, 21:00-08:00, 2025-10-25T20:00:00Z, 2025-10-26T07:00:00Z",
        // an end that the clock skips: it is over when the clock jumps
        "Europe/Berlin, 21:00-02:30, 2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z",
        // an end that comes twice: the clock shows quiet hours again
        "Europe/Berlin, 21:00-02:30, 2025-10-26T00:29:00Z, 2025-10-26T00:30:00Z",
        "Europe/Berlin, 21:00-02:30, 2025-10-26T00:59:59Z, allowed",
        "Europe/Berlin, 21:00-02:30, 2025-10-26T01:00:00Z, 2025-10-26T01:30:00Z",
        // half an hour of summer time
        "Australia/Lord_Howe, 21:00-02:15, 2025-10-04T15:00:00Z, 2025-10-04T15:30:00Z",
        "Australia/Lord_Howe, 21:00-01:45, 2026-04-04T14:44:00Z, 2026-04-04T14:45:00Z",
        "Australia/Lord_Howe, 21:00-01:45, 2026-04-04T15:00:00Z, 2026-04-04T15:15:00Z",
        // the day that Apia left out
        "Pacific/Apia, 21:00-08:00, 2011-12-30T08:00:00Z, 2011-12-30T18:00:00Z",
        // nowhere, so it is where the pack says
        "Nowhere/None, 21:00-08:00, 2026-01-10T20:00:00Z, 2026-01-11T07:00:00Z",
        ", 21:00-08:00, 2026-01-10T20:00:00Z, 2026-01-11T07:00:00Z",
    })
    void nobody_is_contacted_while_the_clock_where_they_are_shows_quiet_hours(
            @Nullable String zone, String hours, String at, String expected) {
        GateAnswer answer = ask(rules(zone, hours(hours), null, 0), "ann", at, Purpose.SERVICE);
        assertThat(answer).isEqualTo(expected.equals("allowed") ? GateAnswer.ALLOWED : quiet(expected, hours, zone));
    }

    @Test
    void what_the_law_demands_goes_out_at_night() {
        GateRules rules = rules("Europe/Berlin", hours("21:00-08:00"), null, 0);
        assertThat(ask(rules, "ann", "2026-01-10T22:00:00Z", Purpose.LEGAL).isAllowed())
                .isTrue();
    }

    @Test
    void what_was_held_back_does_not_leave_all_at_once() {
        GateRules rules = rules("Europe/Berlin", hours("21:00-08:00"), null, 30 * 60_000);
        long opens = Instant.parse("2026-01-11T07:00:00Z").toEpochMilli();
        int[] perMinute = new int[30];
        for (int i = 0; i < 3_000; i++) {
            var answer = (GateAnswer.Deferred) ask(rules, "customer " + i, "2026-01-10T22:00:00Z", Purpose.SERVICE);
            perMinute[(int) ((answer.untilMillis() - opens) / 60_000)]++;
        }
        for (int count : perMinute) {
            assertThat(count).isBetween(50, 160);
        }
    }

    @Test
    void a_window_that_closes_again_lets_nobody_out_after_it() {
        GateRules rules = rules("Europe/Berlin", hours("08:05-08:00"), null, 30 * 60_000);
        for (int i = 0; i < 100; i++) {
            var answer = (GateAnswer.Deferred) ask(rules, "customer " + i, "2026-01-10T22:00:00Z", Purpose.SERVICE);
            assertThat(Instant.ofEpochMilli(answer.untilMillis()))
                    .isBetween(Instant.parse("2026-01-11T07:00:00Z"), Instant.parse("2026-01-11T07:04:59.999Z"));
        }
    }

    @Test
    void calls_wait_for_the_next_business_day() {
        Calendar calendar = new Calendar(
                "business-days-de",
                List.of("voice"),
                new TreeSet<>(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)),
                hours("09:00-18:00"),
                new TreeSet<>(List.of(LocalDate.of(2026, 4, 3), LocalDate.of(2026, 4, 6))));
        GateRules rules = rules("Europe/Berlin", null, calendar, 0);
        // The Thursday before Easter, and the Tuesday after it.
        assertThat(ask(rules, "2026-04-02T16:00:00Z", "voice"))
                .isEqualTo(new GateAnswer.Deferred(
                        Instant.parse("2026-04-07T07:00:00Z").toEpochMilli(),
                        GateRule.CALENDAR,
                        "business-days-de Europe/Berlin"));
        assertThat(ask(rules, "2026-04-02T15:59:59Z", "voice").isAllowed()).isTrue();
        assertThat(ask(rules, "2026-04-02T16:00:00Z", "email").isAllowed()).isTrue();
    }

    @Test
    void a_calendar_that_never_opens_refuses() {
        Calendar calendar = new Calendar(
                "never", List.of(), new TreeSet<>(EnumSet.of(DayOfWeek.MONDAY)), hours("09:00-10:00"), new TreeSet<>());
        GateRules rules = rules("Europe/Berlin", hours("08:00-12:00"), calendar, 0);
        assertThat(ask(rules, "2026-04-02T15:59:59Z", "voice"))
                .isEqualTo(new GateAnswer.Refused(GateRule.CALENDAR, "never does not open within 400 days"));
    }

    private static GateAnswer quiet(String until, String hours, @Nullable String zone) {
        String name = zone == null || zone.startsWith("Nowhere") ? "Europe/Berlin" : zone;
        return new GateAnswer.Deferred(Instant.parse(until).toEpochMilli(), GateRule.QUIET, hours + " " + name);
    }

    private static DailyHours hours(String text) {
        String[] ends = text.split("[:-]", -1);
        return new DailyHours(minutes(ends[0], ends[1]), minutes(ends[2], ends[3]));
    }

    private static int minutes(String hour, String minute) {
        return Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
    }

    private static GateRules rules(
            @Nullable String zone, @Nullable DailyHours quiet, @Nullable Calendar calendar, long releaseMillis) {
        return new GateRules(
                List.of(),
                List.of(),
                List.of(),
                quiet,
                calendar,
                scope -> zone,
                ZoneId.of("Europe/Berlin"),
                releaseMillis);
    }

    private static GateAnswer ask(GateRules rules, String at, String channel) {
        return ask(rules, "ann", at, new Proposal(Purpose.SERVICE, channel));
    }

    private static GateAnswer ask(GateRules rules, String customer, String at, Purpose purpose) {
        return ask(rules, customer, at, new Proposal(purpose, "email"));
    }

    private static GateAnswer ask(GateRules rules, String customer, String at, Proposal proposal) {
        Cells cells = new Cells(0);
        Moment moment = new Moment(cells, List.of());
        moment.enter(SubjectId.customer(customer), cells, 0, 0);
        moment.begin(Instant.parse(at).toEpochMilli(), null);
        return new Gate(rules, new Slots()).ask(moment, proposal);
    }
}
