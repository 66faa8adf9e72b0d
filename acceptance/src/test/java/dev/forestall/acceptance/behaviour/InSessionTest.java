package dev.forestall.acceptance.behaviour;

import static dev.forestall.acceptance.behaviour.Shop.PLAN;
import static dev.forestall.acceptance.behaviour.Shop.candidate;
import static dev.forestall.acceptance.behaviour.Shop.cap;
import static dev.forestall.acceptance.behaviour.Shop.event;
import static dev.forestall.testkit.Times.day;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Loop;
import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.action.SessionAnswer;
import dev.forestall.loop.event.Draw;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.gate.ControlGroup;
import dev.forestall.loop.gate.DailyHours;
import dev.forestall.loop.gate.GateRules;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.Report.Head;
import dev.forestall.testkit.Scenario;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A page asks what to show to a customer who is there now. */
class InSessionTest {

    private static final Instant NOW = day(1).plus(Duration.ofHours(12));
    private static final Action CHAT = Shop.action("offer_chat", "web", 10);
    private static final SubjectId ANN = SubjectId.customer("c-1");

    private static Policy asked(TestPack pack, double holdout, Action... actions) {
        List<Policy.Candidate> candidates =
                List.of(actions).stream().map(action -> candidate(action, 5)).toList();
        return Shop.policy(pack, "chasing", holdout, Duration.ZERO, candidates.toArray(Policy.Candidate[]::new))
                .asked(new Policy.InSession(Duration.ofMinutes(30).toMillis()));
    }

    private static TestPack pack() {
        return TestPack.of(PLAN).signal("chasing", Shop.chasing());
    }

    private static TestPack asking(Action... actions) {
        TestPack pack = pack();
        return pack.policy(asked(pack, 0, actions));
    }

    private static Report ask(Instant at, boolean isOffer) {
        return new Report.Asked(
                new Head("", at.toEpochMilli(), "ofrep"), ANN, TestPlan.CUSTOMER, ANN.key(), "save", isOffer);
    }

    private static Report ask(Instant at) {
        return ask(at, false);
    }

    private static SessionAnswer known(Definition definition, Scenario story, Instant at) {
        return new Loop(definition).asked(ANN, story.host().state(ANN), at.toEpochMilli(), "save");
    }

    private static List<Decision> decisions(Scenario story) {
        return story.host().effects().stream()
                .filter(Effect.Decided.class::isInstance)
                .map(each -> ((Effect.Decided) each).decision())
                .toList();
    }

    @Test
    void a_question_is_decided_and_nothing_is_requested() {
        Scenario story = Scenario.live(asking(CHAT).ready(), event("visited", day(1)))
                .whenReported(ask(NOW))
                .thenDecided("save", "offer_chat")
                .thenNothingPerformed();
        Decision decision = decisions(story).getFirst();
        assertThat(decision.isInSession()).isTrue();
        assertThat(decision.cause()).isEmpty();
        assertThat(decision.atMillis()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void somebody_of_whom_nothing_is_known_is_decided_on_too() {
        Scenario.live(asking(CHAT).ready()).whenReported(ask(NOW)).thenDecided("save", "offer_chat");
    }

    @Test
    void an_answer_stands_for_a_while_and_then_is_given_anew() {
        Definition definition = asking(CHAT).ready();
        Scenario story = Scenario.live(definition);
        assertThat(known(definition, story, NOW)).isInstanceOf(SessionAnswer.Open.class);
        story.whenReported(ask(NOW));
        SessionAnswer.Decided first = (SessionAnswer.Decided) known(definition, story, NOW.plusSeconds(60));
        assertThat(first.chosen()).isEqualTo("offer_chat");
        assertThat(first.decision()).isEqualTo(decisions(story).getFirst().id());
        assertThat(first.isShown()).isTrue();
        story.whenReported(ask(NOW.plusSeconds(60))).thenNothing();
        assertThat(known(definition, story, NOW.plusSeconds(1_800))).isInstanceOf(SessionAnswer.Open.class);
        story.whenReported(ask(NOW.plusSeconds(1_800))).thenDecided("save", "offer_chat");
        assertThat(decisions(story)).hasSize(2);
    }

    @Test
    void a_signal_makes_the_next_question_be_answered_anew() {
        Definition definition = asking(CHAT).ready();
        Scenario story = Scenario.live(definition, event("called", day(1))).whenReported(ask(NOW));
        story.when(event("visited", NOW.plusSeconds(10)));
        assertThat(known(definition, story, NOW.plusSeconds(10))).isInstanceOf(SessionAnswer.Decided.class);
        story.when(event("called", NOW.plusSeconds(20))).thenRaised("chasing", NOW.plusSeconds(20));
        assertThat(known(definition, story, NOW.plusSeconds(20))).isInstanceOf(SessionAnswer.Open.class);
    }

    @Test
    void those_in_control_are_told_what_they_would_have_been_shown_and_are_shown_nothing() {
        TestPack pack = pack();
        Definition definition = pack.policy(asked(pack, 0.9999, CHAT)).ready();
        Scenario story = Scenario.live(definition).whenReported(ask(NOW)).thenDecided("save", "nothing");
        assertThat(decisions(story).getFirst().wouldChoose()).isEqualTo("offer_chat");
        assertThat(((SessionAnswer.Decided) known(definition, story, NOW)).group())
                .isEqualTo(Decision.Group.CONTROL);
    }

    @Test
    void the_group_is_drawn_by_the_identifier_of_the_question_and_stands_when_events_come() {
        TestPack pack = pack();
        pack.control(new ControlGroup(new Probability(0.5), new TreeSet<>()));
        Scenario story = Scenario.live(pack.policy(asked(pack, 0, CHAT)).ready())
                .whenReported(ask(NOW))
                .when(event("visited", NOW.plusSeconds(5)));
        List<Effect.Assigned> assigned = story.host().effects().stream()
                .filter(Effect.Assigned.class::isInstance)
                .map(Effect.Assigned.class::cast)
                .toList();
        assertThat(assigned).hasSize(1);
        boolean isControl = Draw.of("control", TestPlan.CUSTOMER, ANN.key()) < 0.5;
        assertThat(assigned.getFirst().assignment().isControl()).isEqualTo(isControl);
        assertThat(decisions(story).getFirst().chosen()).isEqualTo(isControl ? "nothing" : "offer_chat");
    }

    @Test
    void what_is_shown_counts_in_caps_and_an_offer_only_once_it_is_shown() {
        Action banner = Shop.action("banner", "web", 10);
        TestPack pack = pack().cap(cap("web", 1, Duration.ofDays(1)));
        pack.policy(asked(pack, 0, CHAT));
        Policy other = asked(pack, 0, banner);
        pack.policy(new Policy(
                        "greet",
                        other.on(),
                        Condition.ALWAYS,
                        other.candidates(),
                        null,
                        other.expectedValueMinor(),
                        other.holdout(),
                        0)
                .asked(new Policy.InSession(60_000)));
        Scenario story = Scenario.live(pack.ready()).whenReported(ask(NOW, true));
        story.whenReported(askGreet(NOW.plusSeconds(1), true)).thenDecided("greet", "banner");
        Decision offer = decisions(story).getFirst();
        story.whenReported(new Report.Served(
                new Head("1", NOW.plusSeconds(2).toEpochMilli(), "page"), offer.id(), "save", "offer_chat"));
        story.whenReported(askGreet(NOW.plusSeconds(90), true))
                .thenRejected("banner", "capped: web at most 1 in 1 day");
    }

    @Test
    void what_was_not_shown_counts_no_more() {
        TestPack pack = pack().cap(cap("web", 1, Duration.ofDays(1)));
        pack.policy(asked(pack, 0, CHAT));
        Scenario story = Scenario.live(pack.ready()).whenReported(ask(NOW));
        Decision first = decisions(story).getFirst();
        story.whenReported(new Report.NotServed(
                        new Head("1", NOW.plusSeconds(1).toEpochMilli(), "ofrep"), first.id(), "save", "too late"))
                .whenReported(ask(NOW.plusSeconds(1_801)))
                .thenDecided("save", "offer_chat")
                .whenReported(ask(NOW.plusSeconds(3_700)))
                .thenDecided("save", "nothing");
    }

    @Test
    void nobody_who_is_there_is_disturbed_so_quiet_hours_do_not_hold() {
        TestPack pack = pack().gate(new GateRules(
                List.of(), List.of(), List.of(), new DailyHours(0, 23 * 60), null, null, ZoneId.of("UTC"), 0));
        pack.policy(asked(pack, 0, CHAT));
        Scenario.live(pack.ready()).whenReported(ask(NOW)).thenDecided("save", "offer_chat");
    }

    @Test
    void what_the_policy_demands_has_to_hold() {
        TestPack pack = pack();
        Policy policy = asked(pack, 0, CHAT);
        Definition definition = pack.policy(new Policy(
                                "save",
                                policy.on(),
                                moment -> Truth.FALSE,
                                policy.candidates(),
                                null,
                                policy.expectedValueMinor(),
                                policy.holdout(),
                                0)
                        .asked(new Policy.InSession(60_000)))
                .ready();
        Scenario story = Scenario.live(definition).whenReported(ask(NOW)).thenNoDecision();
        assertThat(known(definition, story, NOW)).isInstanceOf(SessionAnswer.NotMeant.class);
    }

    @Test
    void an_outcome_is_awaited() {
        TestPack pack = asking(CHAT).outcome(Shop.comesBack());
        Scenario.live(pack.ready())
                .whenReported(ask(NOW))
                .when(event("visited", NOW.plusSeconds(60)))
                .thenOutcome("comes_back", true);
    }

    private static Report askGreet(Instant at, boolean isOffer) {
        return new Report.Asked(
                new Head("", at.toEpochMilli(), "ofrep"), ANN, TestPlan.CUSTOMER, ANN.key(), "greet", isOffer);
    }
}
