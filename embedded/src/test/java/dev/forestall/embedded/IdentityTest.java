package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Loop;
import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.testkit.Cursors;
import dev.forestall.testkit.MemoryInputLog;
import dev.forestall.testkit.MemoryStateStore;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Times;
import dev.forestall.testkit.Transcript;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Customers who are known by user id, address and device, at a host. */
class IdentityTest {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = 60 * MINUTE;
    private static final SubjectId ANN = SubjectId.customer("ann");
    private static final SubjectId TABLET = SubjectId.customer("deviceId:tablet");

    private static final TestPlan PLAN =
            happenings(TestPlan.declare().identifier("email", 2).identifier("deviceId", 2));

    private final MemoryInputLog log = new MemoryInputLog();
    private final MemoryStateStore store = new MemoryStateStore();
    private Host host = open();

    private static TestPlan happenings(TestPlan.Declaring plan) {
        return plan.event("asked", "topic: string").event("visited").ready();
    }

    /** Who asks twice within five hours is called back; a topic that three ask about within an hour is hot. */
    private static Definition pack(TestPlan plan) {
        Action call = new Action("call", "message", "call", "voice", new Money(400, Currency.getInstance("EUR")));
        return TestPack.of(plan)
                .tick(Duration.ofMinutes(10))
                .signal("chasing", new Repeat(plan.any("asked"), 2, 5 * HOUR))
                .cohort(
                        "hot",
                        new Cohort(
                                new Cohort.Counts.Events(plan.any("asked"), plan.any("asked")),
                                plan.words("topic"),
                                HOUR,
                                2,
                                3,
                                new Cohort.Above.Share(0.5)))
                .policy(new Policy(
                        "calm",
                        TriggerName.signals("chasing"),
                        Condition.ALWAYS,
                        List.of(new Policy.Candidate(call, scope -> 1, Condition.ALWAYS, "")),
                        null,
                        scope -> 1,
                        new Probability(0),
                        0))
                .ready();
    }

    private Host open() {
        return new Host(pack(PLAN), log, store, new HostOptions(2, 50, 1 << 20));
    }

    @AfterEach
    void close() {
        host.close();
    }

    private static TestPlan.Happening asked(int minute) {
        return PLAN.event("asked")
                .at(Times.START.toEpochMilli() + minute * MINUTE)
                .with("topic", "bill");
    }

    private static Event byTablet(int minute) {
        return asked(minute).anonymous().with("deviceId", "tablet").build();
    }

    private static Event byAnn(int minute) {
        return asked(minute).of("ann").build();
    }

    private static Event byAnnOnTheTablet(int minute) {
        return PLAN.event("visited")
                .at(Times.START.toEpochMilli() + minute * MINUTE)
                .of("ann")
                .with("deviceId", "tablet")
                .build();
    }

    private void happen(Event... events) {
        for (Event event : events) {
            host.accept(new Logged.Arrived(new Origin("web", Origin.NONE, 0), event));
        }
        host.commit();
    }

    private static Identifier identifier(String name, String value) {
        return new Identifier(name, value);
    }

    private static Unmerge annFromTheTablet(boolean forGood) {
        return new Unmerge(identifier("userId", "ann"), identifier("deviceId", "tablet"), forGood);
    }

    private List<Effect.ActionRequested> performed() {
        return record().stream()
                .filter(Effect.ActionRequested.class::isInstance)
                .map(Effect.ActionRequested.class::cast)
                .toList();
    }

    private List<Effect> record() {
        return Cursors.toList(host.effects());
    }

    /** In words, and messages aside: these are kept where they are delivered. */
    private static List<String> told(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> !(effect instanceof Effect.SendMessage))
                .map(effect -> effect.id() + " " + Transcript.line(effect))
                .toList();
    }

    @Test
    void a_login_brings_the_past_of_the_device_along() {
        happen(byTablet(0), byAnnOnTheTablet(10), byAnn(20));

        assertThat(host.state(TABLET).isEmpty()).isTrue();
        assertThat(host.statistics(SubjectId.CUSTOMER).subjects()).isEqualTo(1);
        Effect.SignalChanged chasing = (Effect.SignalChanged) record().stream()
                .filter(Effect.SignalChanged.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(chasing.subject()).isEqualTo(ANN);
        assertThat(((Signal.Raised) chasing.signal()).finding().evidence()).hasSize(2);
        assertThat(performed()).hasSize(1);
    }

    @Test
    void what_was_done_under_a_former_name_is_not_done_again_and_stays_in_the_record() {
        happen(byTablet(0), byTablet(10));
        List<String> before = told(record());
        assertThat(before).hasSize(3);

        happen(byAnnOnTheTablet(20));
        assertThat(performed()).hasSize(1);
        assertThat(told(record())).isEqualTo(before);

        happen(asked(400).of("ann").build());
        host.finish();
        assertThat(told(record()).subList(0, before.size())).isEqualTo(before);
        assertThat(performed()).hasSize(1);
    }

    @Test
    void what_follows_in_hindsight_is_marked_and_a_thread_goes_on_through_it() {
        happen(byTablet(0), byTablet(10), byAnnOnTheTablet(20));
        happen(PLAN.event("visited")
                .at(Times.START.toEpochMilli() + 20 * HOUR)
                .of("ann")
                .build());
        host.finish();

        Effect.SignalChanged ended = (Effect.SignalChanged) record().stream()
                .filter(effect ->
                        effect instanceof Effect.SignalChanged changed && changed.signal() instanceof Signal.Ended)
                .findFirst()
                .orElseThrow();
        assertThat(ended.subject()).isEqualTo(ANN);
        History history = host.history();
        var noted = new History.Noted(ended, ended.id().position());
        var raised =
                history.behind(noted, ((Signal.Ended) ended.signal()).signal()).orElseThrow();
        assertThat(noted.isHindsight()).isFalse();
        assertThat(raised.isHindsight()).isTrue();
        assertThat(raised.effect().subject()).isEqualTo(ANN);
        assertThat(((Signal.Raised) ((Effect.SignalChanged) raised.effect()).signal())
                        .finding()
                        .evidence())
                .hasSize(2);
        assertThat(history.effects(raised.effect().id().toString()))
                .singleElement()
                .satisfies(
                        found -> assertThat(told(List.of(found.effect()))).isEqualTo(told(List.of(raised.effect()))));
    }

    @Test
    void after_a_crash_what_was_said_is_said_again_and_what_was_found_in_hindsight_is_not() {
        happen(byTablet(0), byTablet(10), byAnnOnTheTablet(20));
        List<String> said = told(record());
        assertThat(told(host.history().effects("").stream()
                        .map(History.Noted::effect)
                        .toList()))
                .hasSizeGreaterThan(said.size());
        host.close();

        host = open();
        assertThat(told(record())).isEqualTo(said);
    }

    @Test
    void a_message_to_a_former_name_reaches_the_present_one() {
        happen(
                byTablet(0),
                asked(1).of("bob").build(),
                asked(2).of("eve").build(),
                byAnnOnTheTablet(5),
                PLAN.event("visited")
                        .at(Times.START.toEpochMilli() + 90 * MINUTE)
                        .of("bob")
                        .build());
        host.finish();

        assertThat(record())
                .as("what the group told")
                .anyMatch(effect ->
                        effect instanceof Effect.SendMessage send && send.to().equals(TABLET));
        assertThat(new Loop(pack(PLAN)).known(ANN, host.state(ANN), Times.START.toEpochMilli() + 91 * MINUTE))
                .extracting(Loop.Known::name)
                .contains("context.hot");
        assertThat(host.history().now(TABLET).state()).isEqualTo(host.state(ANN));
        assertThat(host.state(TABLET).isEmpty()).isTrue();
    }

    @Test
    void an_event_found_under_a_shared_name_goes_along_when_its_customer_gets_another_name_at_once() {
        for (String user : List.of("bob", "eve", "joe")) {
            happen(PLAN.event("visited").of(user).with("email", "family").build());
        }
        // Filed under the address, which is shared, it belongs to the tablet. Nothing else does yet, and nothing is
        // committed in between.
        Event byFamily = asked(0).anonymous()
                .with("email", "family")
                .with("deviceId", "tablet")
                .build();
        happen(byFamily, byAnnOnTheTablet(1));

        assertThat(host.state(TABLET).isEmpty()).isTrue();
        assertThat(host.history().now(ANN).inputs()).hasSize(2);
        assertThat(host.state(ANN)).isEqualTo(host.history().now(ANN).state());
    }

    @Test
    void what_two_names_were_told_at_one_tick_belongs_to_their_customer_once() {
        happen(
                byTablet(0),
                byAnn(1),
                asked(2).of("bob").build(),
                asked(90).of("bob").build(),
                byAnnOnTheTablet(95));
        List<Effect.SendMessage> told = record().stream()
                .filter(effect ->
                        effect instanceof Effect.SendMessage send && send.to().isCustomer())
                .map(Effect.SendMessage.class::cast)
                .toList();
        assertThat(told).extracting(Effect.SendMessage::to).contains(ANN, TABLET);

        History.Standing ann = host.history().now(ANN);
        assertThat(ann.inputs())
                .extracting(History.Read::position)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(ann.inputs()).extracting(History.Read::logged).hasAtLeastOneElementOfType(Logged.Ticked.class);
        assertThat(ann.state()).isEqualTo(host.state(ANN));
    }

    @Test
    void unmerged_again_both_are_as_if_they_had_never_been_joined() {
        happen(byTablet(0), byAnn(5), byAnnOnTheTablet(10), byTablet(20), byAnn(30));
        List<Rejected> refused = host.unmerge(annFromTheTablet(false));
        assertThat(refused).isEmpty();

        MemoryStateStore calmStore = new MemoryStateStore();
        try (Host calm = new Host(pack(PLAN), new MemoryInputLog(), calmStore, HostOptions.defaults())) {
            Event aloneOnTheTablet = PLAN.event("visited")
                    .at(Times.START.toEpochMilli() + 10 * MINUTE)
                    .of("ann")
                    .build();
            for (Event event : List.of(byTablet(0), byAnn(5), aloneOnTheTablet, byTablet(20), byAnn(30))) {
                calm.accept(new Logged.Arrived(new Origin("web", Origin.NONE, 0), event));
            }
            calm.commit();
            // Not the bytes: what assigns customers to the control group remembers that ann was seen with the tablet.
            long later = Times.START.toEpochMilli() + 60 * MINUTE;
            assertThat(new Loop(pack(PLAN)).known(ANN, host.state(ANN), later))
                    .isNotEmpty()
                    .isEqualTo(new Loop(pack(PLAN)).known(ANN, calm.state(ANN), later));
            assertThat(host.state(TABLET)).isEqualTo(calm.state(TABLET));
            assertThat(host.state(TABLET).isEmpty()).isFalse();
        }
    }

    @Test
    void an_unmerge_survives_a_restart_and_says_what_it_cannot_do() {
        happen(byTablet(0), byAnnOnTheTablet(10));
        assertThat(host.unmerge(annFromTheTablet(true))).isEmpty();
        host.close();
        host = open();

        happen(byAnnOnTheTablet(20));
        assertThat(host.history().identity().customer(identifier("deviceId", "tablet")))
                .isEqualTo(TABLET);
        assertThat(host.unmerge(annFromTheTablet(true))).isEmpty();
        assertThat(host.unmerge(new Unmerge(identifier("userId", "ann"), identifier("email", "x"), false)))
                .singleElement()
                .satisfies(notice -> assertThat(notice.code().code()).isEqualTo("IDN-002"));
        assertThat(host.progress().rejected()).containsEntry("IDN-002", 1L).containsEntry("IDN-006", 1L);
    }

    @Test
    void an_identifier_that_many_share_is_noticed_and_counted_once() {
        for (String user : List.of("ann", "bob", "eve", "joe")) {
            happen(PLAN.event("visited").of(user).with("deviceId", "tablet").build());
        }

        assertThat(host.statistics(SubjectId.CUSTOMER).subjects()).isEqualTo(4);
        assertThat(host.progress().rejected()).containsEntry("IDN-004", 1L).containsEntry("IDN-005", 1L);
        assertThat(host.notices()).hasSize(2).first().satisfies(notice -> {
            assertThat(notice.rejected().code().code()).isEqualTo("IDN-004");
            assertThat(notice.rejected().detail()).contains("deviceId").doesNotContain("tablet");
            assertThat(host.history().input(notice.position())).isPresent();
        });
        assertThat(host.progress().events()).isEqualTo(4);
    }

    @Test
    void the_past_knows_who_was_who_and_any_name_leads_to_the_customer() {
        happen(byTablet(0), byTablet(10), byAnnOnTheTablet(60), byAnn(70));
        History history = host.history();

        History.Standing then = history.asOf(ANN, Times.START.toEpochMilli() + 30 * MINUTE);
        assertThat(then.inputs()).isEmpty();
        History.Standing tabletThen = history.asOf(TABLET, Times.START.toEpochMilli() + 30 * MINUTE);
        assertThat(tabletThen.subject()).isEqualTo(TABLET);
        assertThat(tabletThen.inputs()).hasSize(2);
        History.Standing now = history.now(TABLET);
        assertThat(now.subject()).isEqualTo(ANN);
        assertThat(now.inputs()).hasSize(4);
        assertThat(now.state()).isEqualTo(host.state(ANN));
        assertThat(history.asOf(TABLET, Times.START.toEpochMilli() + 60 * MINUTE)
                        .subject())
                .isEqualTo(ANN);

        assertThat(history.called("tablet")).containsExactly(ANN);
        assertThat(history.called("deviceId:tablet")).containsExactly(ANN);
        assertThat(history.called("ann")).containsExactly(ANN);
        assertThat(history.called("nobody")).isEmpty();
    }

    @Test
    void a_user_id_that_reads_like_an_address_is_another_customer() {
        happen(
                asked(0).of("email:ann").build(),
                asked(1).anonymous().with("email", "ann").build());

        assertThat(host.statistics(SubjectId.CUSTOMER).subjects()).isEqualTo(2);
        assertThat(host.state(SubjectId.customer("email:ann")).isEmpty()).isFalse();
        assertThat(host.state(SubjectId.customer("userId:email:ann")).isEmpty()).isFalse();
        assertThat(host.history().called("email:ann"))
                .containsExactly(SubjectId.customer("email:ann"), SubjectId.customer("userId:email:ann"));
    }

    @Test
    void where_there_is_nothing_to_join_nothing_is_remembered() {
        TestPlan plan = happenings(TestPlan.declare());
        MemoryStateStore plain = new MemoryStateStore();
        try (Host one = new Host(pack(plan), new MemoryInputLog(), plain, HostOptions.defaults())) {
            one.accept(new Logged.Arrived(
                    new Origin("web", Origin.NONE, 0),
                    plan.event("asked").of("ann").build()));
            one.finish();
            assertThat(one.unmerge(annFromTheTablet(false)))
                    .singleElement()
                    .satisfies(notice -> assertThat(notice.code().code()).isEqualTo("IDN-001"));
            // When time passed is noted all the same: declarations that change are filled by it.
            assertThat(new Filing(plain).has(Keys.TICKS)).isTrue();
            assertThat(new Filing(plain).has(Keys.filed(ANN))).isFalse();
            assertThat(new Filing(plain).has(ANN)).isTrue();
            assertThat(plain.node(Keys.of(identifier("userId", "ann")))).isEmpty();
            assertThat(one.history().called("ann")).containsExactly(ANN);
        }
    }
}
