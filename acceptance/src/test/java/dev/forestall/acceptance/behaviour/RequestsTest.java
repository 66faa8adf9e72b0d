package dev.forestall.acceptance.behaviour;

import static dev.forestall.acceptance.behaviour.Shop.PLAN;
import static dev.forestall.acceptance.behaviour.Shop.candidate;
import static dev.forestall.acceptance.behaviour.Shop.cap;
import static dev.forestall.acceptance.behaviour.Shop.event;
import static dev.forestall.acceptance.behaviour.Shop.order;
import static dev.forestall.acceptance.behaviour.Shop.orderJourney;
import static dev.forestall.acceptance.behaviour.Shop.placed;
import static dev.forestall.testkit.Times.day;
import static dev.forestall.testkit.Times.hour;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.Parameter;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.action.Withdrawal;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.gate.ControlGroup;
import dev.forestall.loop.gate.DailyHours;
import dev.forestall.loop.gate.GateRules;
import dev.forestall.loop.gate.Purpose;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.Report.Failure;
import dev.forestall.loop.report.Report.Head;
import dev.forestall.loop.report.Reported;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.testkit.Scenario;
import dev.forestall.testkit.TestPack;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What was requested is sent once it is permitted, and by the rules of that moment. */
class RequestsTest {

    /** Ann calls twice within a week, and is to be written to. */
    private static final Instant CALLED = day(1).plus(Duration.ofHours(12));

    private static final Instant SOON = CALLED.plusSeconds(2);
    private static final Action NUDGE = Shop.action("nudge", "email", 10);

    /** Each further call is chasing, too. */
    private static TestPack pack(Action action) {
        return pack(action, SignalRule.Fires.EACH);
    }

    private static TestPack pack(Action action, SignalRule.Fires fires) {
        TestPack pack = TestPack.of(PLAN)
                .signal(SignalRule.ofCustomers("chasing", Shop.chasing()).firing(fires));
        return pack.policy(Shop.policy(pack, "chasing", 0, Duration.ZERO, candidate(action, 5)));
    }

    private static Scenario requested(TestPack pack) {
        return Scenario.live(pack.ready(), event("called", day(0))).when(event("called", CALLED));
    }

    private static Action of(Purpose purpose, String... channels) {
        return new Action("nudge", "message", "nudge", purpose, List.of(channels), null, List.of(), NUDGE.cost());
    }

    private static GateRules quiet(int fromHour, int toHour, long releaseMillis) {
        return new GateRules(
                List.of(),
                List.of(),
                List.of(),
                new DailyHours(fromHour * 60, toHour * 60),
                null,
                null,
                ZoneId.of("UTC"),
                releaseMillis);
    }

    private static BiFunction<Head, Reported, Report> sent(String channel) {
        return (head, request) -> new Report.Sent(head, request.on(channel), "relay", "p-1");
    }

    private static BiFunction<Head, Reported, Report> failed() {
        return (head, request) -> new Report.Failed(head, request, Failure.HARD_BOUNCE, "relay", "no such user");
    }

    private static BiFunction<Head, Reported, Report> delivered() {
        return (head, request) -> new Report.Delivered(head, request, "relay");
    }

    private static BiFunction<Head, Reported, Report> notSent() {
        return (head, request) -> new Report.NotSent(head, request, "kill switch");
    }

    private static BiFunction<Head, Reported, Report> withdrawn() {
        return (head, request) -> new Report.Withdrawn(head, request, "a mistake");
    }

    @Test
    void a_request_says_all_that_whoever_performs_it_has_to_know() {
        Action action = of(Purpose.SERVICE, "email", "sms")
                .expiring(Duration.ofHours(5).toMillis())
                .withdrawn(Withdrawal.NEVER)
                .filledWith(List.of(
                        new Parameter.Rule("calls", scope -> Optional.of(new Parameter.Value.Number(2))),
                        new Parameter.Rule("unknown", scope -> Optional.empty())));
        ActionRequest request = requested(pack(action)).request();
        assertThat(request.customer()).isEqualTo(SubjectId.customer("c-1"));
        assertThat(request.task().target()).isEqualTo("nudge");
        assertThat(request.task().parameters()).containsExactly(new Parameter("calls", new Parameter.Value.Number(2)));
        assertThat(request.reach())
                .isEqualTo(new ActionRequest.Reach("service", 50, List.of("email", "sms"), "UTC", ""));
        assertThat(request.schedule())
                .isEqualTo(new ActionRequest.Schedule(
                        CALLED.toEpochMilli(),
                        CALLED.toEpochMilli(),
                        CALLED.plus(Duration.ofHours(5)).toEpochMilli(),
                        "never"));
        assertThat(request.source()).isInstanceOfSatisfying(ActionRequest.Source.OfPolicy.class, policy -> {
            assertThat(policy.policy()).isEqualTo("save");
            assertThat(policy.on()).isEqualTo("signal.chasing");
        });
        assertThat(request.expectedValue()).isPresent();
        assertThat(request.isLive()).isTrue();
    }

    @Test
    void what_is_due_is_permitted_for_a_minute() {
        requested(pack(NUDGE))
                .whenReported(SOON, Report.Due::new)
                .thenExactly("2026-01-06T12:00:02Z c-1 permits nudge by email, attempt 1");
    }

    @Test
    void there_is_no_second_permit_beside_a_valid_one_and_after_a_minute_there_is() {
        requested(pack(NUDGE))
                .whenReported(SOON, Report.Due::new)
                .whenReported(SOON.plusSeconds(59), Report.Due::new)
                .thenExactly(
                        "2026-01-06T12:01:01Z c-1 request nudge stands permitted: valid until 2026-01-06T12:01:02Z")
                .whenReported(SOON.plusSeconds(60), Report.Due::new)
                .thenExactly("2026-01-06T12:01:02Z c-1 permits nudge by email, attempt 2");
    }

    @Test
    void what_is_held_back_until_morning_is_not_permitted_before_and_then_it_is() {
        Scenario story = requested(pack(NUDGE).gate(quiet(11, 18, 0)));
        assertThat(story.request().schedule().dueMillis())
                .isEqualTo(day(1).plus(Duration.ofHours(18)).toEpochMilli());
        story.whenReported(SOON, Report.Due::new)
                .thenExactly("2026-01-06T12:00:02Z c-1 request nudge deferred until 2026-01-06T18:00:00Z, quiet:"
                        + " 11:00-18:00 UTC")
                .whenReported(day(1).plus(Duration.ofHours(18)), Report.Due::new)
                .thenExactly("2026-01-06T18:00:00Z c-1 permits nudge by email, attempt 1");
    }

    @Test
    void what_is_spread_over_the_morning_does_not_leave_before_its_turn() {
        Scenario story =
                requested(pack(NUDGE).gate(quiet(11, 18, Duration.ofHours(3).toMillis())));
        Instant opens = day(1).plus(Duration.ofHours(18));
        Instant turn = Instant.ofEpochMilli(story.request().schedule().dueMillis());
        assertThat(turn).isAfter(opens);
        story.whenReported(opens, Report.Due::new)
                .thenExactly(
                        "2026-01-06T18:00:00Z c-1 request nudge deferred until " + turn + ", quiet: 11:00-18:00 UTC")
                .whenReported(turn, Report.Due::new)
                .thenExactly(turn + " c-1 permits nudge by email, attempt 1");
    }

    @Test
    void what_would_expire_before_morning_is_not_chosen() {
        Action action = NUDGE.expiring(Duration.ofHours(2).toMillis());
        requested(pack(action).gate(quiet(11, 18, 0)))
                .thenRejected("nudge", "expires before it may go out: quiet hours")
                .thenNothingPerformed();
    }

    @Test
    void consent_that_is_withdrawn_between_decision_and_due_counts() {
        Scenario story = requested(pack(NUDGE));
        story.whenReported(new Report.Consented(
                        new Head("", SOON.toEpochMilli(), "form"),
                        SubjectId.customer("c-1"),
                        false,
                        "service",
                        "",
                        Report.NO_END,
                        true))
                .thenNothing()
                .whenReported(SOON, Report.Due::new)
                .thenExactly("2026-01-06T12:00:02Z c-1 request nudge refused, opt_out: service")
                .whenReported(SOON, Report.Due::new)
                .thenExactly("2026-01-06T12:00:02Z c-1 request nudge stands refused");
    }

    @Test
    void who_unsubscribes_from_what_was_sent_is_not_written_to_for_that_purpose_on_that_channel() {
        for (BiFunction<Head, Reported, Report> objection :
                List.<BiFunction<Head, Reported, Report>>of(Report.Unsubscribed::new, Report.Complained::new)) {
            requested(pack(NUDGE))
                    .whenReported(SOON, Report.Due::new)
                    .whenReported(SOON, sent("email"))
                    .whenReported(hour(40), objection)
                    .when(event("called", day(3)))
                    .thenRejected("nudge", "the customer has objected: service by email");
        }
    }

    @Test
    void what_is_reserved_for_a_request_does_not_stand_in_its_own_way_but_in_that_of_others() {
        requested(pack(NUDGE).cap(cap("", 1, Duration.ofDays(9))))
                .when(event("called", day(2)))
                .thenRejected("nudge", "capped")
                .whenReported(SOON, Report.Due::new)
                .thenExactly("2026-01-06T12:00:02Z c-1 permits nudge by email, attempt 1");
    }

    @Test
    void what_was_not_sent_counts_in_no_cap_and_may_be_due_again() {
        requested(pack(NUDGE).cap(cap("", 1, Duration.ofDays(9))))
                .whenReported(SOON, Report.Due::new)
                .whenReported(SOON, notSent())
                .thenExactly("2026-01-06T12:00:02Z c-1 request nudge is requested by email: kill switch")
                .whenReported(SOON, Report.Due::new)
                .thenExactly("2026-01-06T12:00:02Z c-1 permits nudge by email, attempt 2")
                .whenReported(SOON, notSent())
                .when(event("called", day(2)))
                .thenPerformed("nudge");
    }

    @Test
    void what_was_sent_counts_from_then_on_and_what_bounced_later_no_more() {
        requested(pack(NUDGE).cap(cap("", 1, Duration.ofDays(9))))
                .whenReported(SOON, Report.Due::new)
                .whenReported(SOON, sent("email"))
                .thenExactly("2026-01-06T12:00:02Z c-1 request nudge is sent by email: relay")
                .whenReported(SOON.plusSeconds(1), delivered())
                .thenExactly("2026-01-06T12:00:03Z c-1 request nudge is delivered by email: relay")
                .when(event("called", day(5)))
                .thenRejected("nudge", "capped")
                .whenReported(day(6), failed())
                .when(event("called", day(7)))
                .thenPerformed("nudge");
    }

    @Test
    void what_is_uncertain_counts() {
        requested(pack(NUDGE).cap(cap("", 1, Duration.ofDays(9))))
                .whenReported(SOON, Report.Due::new)
                .whenReported(SOON, (head, request) -> new Report.Uncertain(head, request, "relay", "no answer"))
                .thenExactly("2026-01-06T12:00:02Z c-1 request nudge is uncertain by email: no answer")
                .whenReported(SOON, Report.Due::new)
                .thenExactly("2026-01-06T12:00:02Z c-1 request nudge stands uncertain")
                .when(event("called", day(5)))
                .thenRejected("nudge", "capped");
    }

    @Test
    void reports_that_come_out_of_order_end_as_those_that_come_in_order() {
        Scenario inOrder = requested(pack(NUDGE))
                .whenReported(SOON, Report.Due::new)
                .whenReported(SOON.plusSeconds(1), sent("email"))
                .whenReported(SOON.plusSeconds(2), delivered());
        Scenario outOfOrder = requested(pack(NUDGE))
                .whenReported(SOON, Report.Due::new)
                .whenReported(SOON.plusSeconds(2), delivered())
                .whenReported(SOON.plusSeconds(1), sent("email"))
                .thenNothing()
                .whenReported(SOON.plusSeconds(2), delivered())
                .thenNothing();
        assertThat(outOfOrder.stateOf("c-1")).isEqualTo(inOrder.stateOf("c-1"));
    }

    @Test
    void whoever_asks_after_its_time_hears_that_it_has_expired_and_the_clock_says_so_by_itself() {
        Action action = NUDGE.expiring(Duration.ofHours(5).toMillis());
        requested(pack(action))
                .whenReported(hour(41), Report.Due::new)
                .thenExactly("2026-01-06T17:00:00Z c-1 request nudge expired")
                .whenReported(hour(42), Report.Due::new)
                .thenExactly("2026-01-06T18:00:00Z c-1 request nudge stands expired");
        requested(pack(action).cap(cap("", 1, Duration.ofDays(9))))
                .whenTimePasses(hour(42))
                .thenExactly("2026-01-06T17:00:00Z c-1 request nudge expired")
                .whenReported(hour(43), Report.Due::new)
                .thenExactly("2026-01-06T19:00:00Z c-1 request nudge stands expired: expired before")
                .when(event("called", hour(44)))
                .thenPerformed("nudge");
    }

    @Test
    void a_request_is_taken_back_when_its_cause_is_over() {
        Action lasting = NUDGE.expiring(Duration.ofDays(20).toMillis());
        requested(pack(lasting, SignalRule.Fires.ONCE))
                .whenTimePasses(day(8))
                .thenExactly(
                        "2026-01-12T00:00:00Z c-1 signal chasing ended, raised 2026-01-06T12:00:00Z",
                        "2026-01-12T00:00:00Z c-1 request nudge withdrawn from requested, signal.chasing ended");
        requested(pack(lasting.withdrawn(Withdrawal.NEVER), SignalRule.Fires.ONCE))
                .whenTimePasses(day(12))
                .whenReported(day(12), Report.Due::new)
                .thenExactly("2026-01-17T00:00:00Z c-1 permits nudge by email, attempt 1");
    }

    private static TestPack orders(Action action) {
        Journey order = orderJourney();
        TestPack pack = TestPack.of(PLAN).journey(order).signal("unpaid", order, Shop.unpaid());
        return pack.policy(Shop.policy(pack, "unpaid", 0, Duration.ZERO, candidate(action, 5)));
    }

    @Test
    void who_finishes_without_help_is_not_helped_and_what_is_under_way_is_taken_back() {
        Action help = new Action("help", "workflow", "help.bpmn", "voice", NUDGE.cost());
        Scenario.live(orders(help).ready(), placed("o-1", day(0), 1_000))
                .whenTimePasses(day(1).plusMillis(1))
                .thenPerformed("help")
                .when(order("paid", "o-1", day(2)))
                .then(
                        "withdrawn",
                        effects -> effects.stream()
                                .anyMatch(each -> each.toString().contains("was=REQUESTED")));
        Scenario.live(orders(help).ready(), placed("o-1", day(0), 1_000))
                .whenTimePasses(day(1).plusMillis(1))
                .whenReported(day(1).plusSeconds(1), Report.Due::new)
                .whenReported(day(1).plusSeconds(2), sent("voice"))
                .when(order("cancelled", "o-1", day(9)))
                .then(
                        "taken back",
                        effects -> effects.stream()
                                .anyMatch(each -> each.toString().contains("was=SENT")));
    }

    @Test
    void what_is_done_is_not_taken_back() {
        Action help = new Action("help", "workflow", "help.bpmn", "voice", NUDGE.cost());
        Scenario.live(orders(help).ready(), placed("o-1", day(0), 1_000))
                .whenTimePasses(day(1).plusMillis(1))
                .whenReported(day(1).plusSeconds(1), Report.Due::new)
                .whenReported(day(1).plusSeconds(2), sent("voice"))
                .whenReported(day(2), (head, request) -> new Report.CaseDone(head, request, "helped", 60_000))
                .when(order("cancelled", "o-1", day(9)))
                .then(
                        "no change of a request",
                        effects ->
                                effects.stream().noneMatch(dev.forestall.loop.Effect.RequestChanged.class::isInstance));
    }

    @Test
    void a_person_takes_a_request_back() {
        requested(pack(NUDGE))
                .whenReported(SOON, withdrawn())
                .thenExactly("2026-01-06T12:00:02Z c-1 request nudge withdrawn from requested, by desk: a mistake")
                .whenReported(SOON, Report.Due::new)
                .thenExactly("2026-01-06T12:00:02Z c-1 request nudge stands withdrawn: by desk: a mistake");
    }

    @Test
    void what_was_sent_although_it_had_been_taken_back_is_recorded_and_taken_back() {
        requested(pack(NUDGE))
                .whenReported(SOON, Report.Due::new)
                .whenReported(SOON.plusSeconds(1), withdrawn())
                .whenReported(SOON.plusSeconds(2), sent("email"))
                .thenExactly(
                        "2026-01-06T12:00:04Z c-1 request nudge is sent by email: relay",
                        "2026-01-06T12:00:04Z c-1 request nudge withdrawn from sent, by desk: a mistake");
    }

    @Test
    void what_a_person_must_decide_is_held_until_they_have() {
        Purpose careful = new Purpose("careful", 5, false, true, true, false, false);
        Scenario story = requested(pack(of(careful, "email")));
        story.then(
                        "held",
                        effects -> effects.stream()
                                .anyMatch(each -> each.toString().contains("Held")))
                .whenReported(SOON, Report.Due::new)
                .thenExactly("2026-01-06T12:00:02Z c-1 request nudge held, person: careful")
                .whenReported(SOON, Report.Approved::new)
                .thenExactly("2026-01-06T12:00:02Z c-1 request nudge resumed by desk")
                .whenReported(SOON, Report.Due::new)
                .thenExactly("2026-01-06T12:00:02Z c-1 permits nudge by email, attempt 1")
                .whenReported(SOON, Report.Approved::new)
                .thenExactly(
                        "2026-01-06T12:00:02Z c-1 request nudge stands permitted: valid until 2026-01-06T12:01:02Z");
    }

    @Test
    void what_follows_from_history_is_never_permitted() {
        Scenario.given(pack(NUDGE).ready(), event("called", day(0)), event("called", day(1)))
                .whenReported(SOON, Report.Due::new)
                .thenExactly("2026-01-06T12:00:02Z c-1 request nudge refused, history: nobody acts on what is past");
    }

    @Test
    void what_follows_from_history_counts_in_the_caps_of_history_alone() {
        Scenario story = Scenario.given(
                pack(NUDGE).cap(cap("", 1, Duration.ofDays(9))).ready(),
                event("called", day(0)),
                event("called", day(1)));
        story.when(event("called", day(2))).thenRejected("nudge", "capped");
        Event news = event("called", day(3));
        story.host().happened(news, dev.forestall.loop.event.Receipt.live(news.atMillis()));
        assertThat(story.request().schedule().atMillis()).isEqualTo(day(3).toEpochMilli());
    }

    @Test
    void of_what_is_due_at_one_instant_after_the_night_the_highest_priority_goes_on() {
        Action offer = new Action(
                "offer",
                "message",
                "offer",
                new Purpose("ads", 10, false, true, false, false, false),
                List.of("email"),
                null,
                List.of(),
                NUDGE.cost());
        TestPack pack = pack(NUDGE).signal("visiting", new Repeat(PLAN.any("visited"), 2, 60_000));
        pack.gate(quiet(11, 18, 0)).policy(policy("advertise", "visiting", offer));
        Scenario story = Scenario.live(pack.ready(), event("called", day(0))).when(event("called", CALLED));
        EffectId nudge = story.request().id();
        story.when(event("visited", CALLED.plusSeconds(60)), event("visited", CALLED.plusSeconds(61)));
        Instant morning = day(1).plus(Duration.ofHours(18));
        story.whenReported(morning, Report.Due::new)
                .thenExactly("2026-01-06T18:00:00Z c-1 request offer outbid by nudge")
                .whenReported(nudge, morning, Report.Due::new)
                .thenExactly("2026-01-06T18:00:00Z c-1 permits nudge by email, attempt 1");
    }

    private static Policy policy(String name, String on, Action action) {
        return new Policy(
                name,
                TriggerName.signals(on),
                Condition.ALWAYS,
                List.of(candidate(action, 5)),
                null,
                scope -> 100,
                new Probability(0),
                0);
    }

    @Test
    void a_person_asks_for_an_action_and_it_goes_through_the_same_gate() {
        TestPack pack = TestPack.of(PLAN).signal("chasing", Shop.chasing()).action(NUDGE);
        Report wanted = new Report.Requested(
                new Head("", CALLED.toEpochMilli(), "user:u-7"),
                SubjectId.customer("c-1"),
                "nudge",
                "",
                "asked for it on the phone",
                Optional.empty());
        Scenario story = Scenario.live(pack.cap(cap("", 1, Duration.ofDays(9))).ready(), event("called", day(0)))
                .whenReported(wanted)
                .thenPerformed("nudge")
                .whenReported(SOON, Report.Due::new)
                .thenExactly("2026-01-06T12:00:02Z c-1 permits nudge by email, attempt 1");
        EffectId first = story.request().id();
        Report again = new Report.Requested(
                new Head("", SOON.toEpochMilli(), "user:u-7"),
                SubjectId.customer("c-1"),
                "nudge",
                "",
                "again",
                Optional.of(first));
        story.whenReported(again)
                .thenPerformed("nudge")
                .then(
                        "refused by a cap",
                        effects -> effects.stream()
                                .anyMatch(each -> each.toString().contains("rule=CAP")));
        assertThat(story.request().source().causes()).containsExactly(first);
    }

    @Test
    void what_a_person_asks_for_and_would_expire_before_morning_is_refused_at_once() {
        Action action = NUDGE.expiring(Duration.ofHours(2).toMillis());
        Scenario.live(TestPack.of(PLAN).action(action).gate(quiet(11, 18, 0)).ready(), event("called", day(0)))
                .whenReported(new Report.Requested(
                        new Head("", CALLED.toEpochMilli(), "user:u-7"),
                        SubjectId.customer("c-1"),
                        "nudge",
                        "",
                        "",
                        Optional.empty()))
                .thenExactly(
                        "2026-01-06T12:00:00Z c-1 performs nudge by email for 0.10 EUR",
                        "2026-01-06T12:00:00Z c-1 request nudge refused, quiet: 11:00-18:00 UTC; it expires before");
    }

    @Test
    void who_is_in_the_control_group_is_not_contacted_whoever_wants_it() {
        TestPack pack = TestPack.of(PLAN)
                .signal("chasing", Shop.chasing())
                .action(NUDGE)
                .control(new ControlGroup(new Probability(0.999), new TreeSet<>()));
        Scenario.live(pack.ready(), event("called", day(0)))
                .whenReported(new Report.Requested(
                        new Head("", CALLED.toEpochMilli(), "user:u-7"),
                        SubjectId.customer("c-1"),
                        "nudge",
                        "",
                        "",
                        Optional.empty()))
                .then(
                        "refused",
                        effects -> effects.stream()
                                .anyMatch(each -> each.toString().contains("rule=CONTROL")));
    }

    @Test
    void what_was_reported_of_a_customer_says_where_and_how_they_are_reached() {
        Action action = of(Purpose.SERVICE, "email", "sms");
        SubjectId ann = SubjectId.customer("c-1");
        Head head = new Head("", day(0).toEpochMilli(), "form");
        Scenario story = Scenario.live(pack(action).gate(quiet(21, 8, 0)).ready(), event("called", day(0)))
                .whenReported(
                        new Report.ZoneKnown(head, ann, "America/New_York"),
                        new Report.LanguageKnown(head, ann, "de-AT"),
                        new Report.Preferred(head, ann, "", "sms"))
                .when(event("called", CALLED));
        assertThat(story.request().reach())
                .isEqualTo(
                        new ActionRequest.Reach("service", 50, List.of("sms", "email"), "America/New_York", "de-AT"));
        // It is 7 in the morning there.
        assertThat(story.request().schedule().dueMillis())
                .isEqualTo(CALLED.plus(Duration.ofHours(1)).toEpochMilli());
    }

    @Test
    void nobody_without_requests_remembers_anything_of_them() {
        Scenario with = Scenario.live(pack(NUDGE).ready(), event("visited", day(0)));
        assertThat(with.stateOf("c-1").bytes().length).isLessThan(20);
    }
}
