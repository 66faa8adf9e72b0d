package dev.forestall.acceptance.behaviour;

import static dev.forestall.acceptance.behaviour.Shop.PLAN;
import static dev.forestall.acceptance.behaviour.Shop.day;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Loop;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.TestPack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Groups of customers who share a topic: of those who call about it, too many are long calls. */
class GroupsTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();

    private static Definition pack(Cohort.Above above) {
        return TestPack.of(PLAN)
                .tick(Duration.ofMinutes(10))
                .cohort("long_calls", longCalls(above))
                .ready();
    }

    private static Cohort longCalls(Cohort.Above above) {
        return new Cohort(
                new Cohort.Counts.Events(
                        PLAN.any("called"),
                        PLAN.when(
                                scope -> dev.forestall.loop.expression.Truth.of(
                                        PLAN.number("minutes").value(scope) > 10),
                                "called")),
                PLAN.words("topic"),
                HOUR,
                2,
                3,
                above);
    }

    private static Event call(String customer, Instant at, String topic, double minutes) {
        return PLAN.event("called")
                .of(customer)
                .at(at)
                .with("topic", topic)
                .with("minutes", minutes)
                .build();
    }

    private static Event visit(Instant at) {
        return PLAN.event("visited").of("somebody").at(at).build();
    }

    private static Instant minute(int minutes) {
        return day(0).plus(Duration.ofMinutes(minutes));
    }

    private static List<Event> badHour() {
        List<Event> log = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            log.add(call("c-" + i, minute(i), "app", i < 4 ? 20 : 5));
            log.add(call("d-" + i, minute(i), "price", 5));
        }
        return log;
    }

    private static List<Message.Notice> notices(MemoryHost host, String customer) {
        return host.effects().stream()
                .filter(each -> each instanceof Effect.SendMessage send
                        && send.to().equals(SubjectId.customer(customer))
                        && send.message() instanceof Message.Notice)
                .map(each -> (Message.Notice) ((Effect.SendMessage) each).message())
                .toList();
    }

    private static double context(MemoryHost host, Definition pack, String customer) {
        SubjectId subject = SubjectId.customer(customer);
        return new Loop(pack)
                .known(subject, host.state(subject), 0).stream()
                        .filter(each -> each.name().equals("context.long_calls"))
                        .findFirst()
                        .orElseThrow()
                        .number();
    }

    @Test
    void one_signal_is_raised_for_the_group_and_its_members_learn_of_it_and_of_its_end() {
        Definition pack = pack(new Cohort.Above.Share(0.5));
        MemoryHost host = new MemoryHost(pack);
        badHour().forEach(host::happened);
        host.happened(visit(minute(75)));
        assertThat(host.effects().stream().filter(Effect.SignalChanged.class::isInstance))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.subject()).isEqualTo(SubjectId.cohort("long_calls", "app"));
                    assertThat(each.atMillis()).isEqualTo(minute(60).toEpochMilli());
                });
        for (int i = 0; i < 6; i++) {
            assertThat(context(host, pack, "c-" + i)).isEqualTo(1);
            assertThat(context(host, pack, "d-" + i)).isZero();
        }
        host.happened(visit(minute(60 * 5)));
        assertThat(context(host, pack, "c-0")).isZero();
        assertThat(notices(host, "c-0")).extracting(Message.Notice::off).containsExactly(true, false);
    }

    @Test
    void the_trouble_of_a_group_alerts_for_each_member_once_and_the_alert_ends_with_it() {
        Definition pack = TestPack.of(PLAN)
                .tick(Duration.ofMinutes(10))
                .cohort("long_calls", longCalls(new Cohort.Above.Share(0.5)))
                .alert(new AlertRule(
                        "member",
                        Set.of(new TriggerName.OfContext("long_calls")),
                        "care",
                        AlertRule.GroupBy.SUBJECT,
                        0,
                        0,
                        0))
                .ready();
        MemoryHost host = new MemoryHost(pack);
        badHour().forEach(host::happened);
        host.happened(visit(minute(75)));
        assertThat(alerts(host, "c-0")).singleElement().isInstanceOf(Alert.Raised.class);
        assertThat(alerts(host, "d-0")).isEmpty();
        host.happened(visit(minute(60 * 5)));
        assertThat(alerts(host, "c-0"))
                .last()
                .isInstanceOfSatisfying(
                        Alert.Resolved.class,
                        resolved -> assertThat(resolved.why()).isEqualTo(Alert.Why.ENDED));
        assertThat(alerts(host, "c-0")).hasSize(2);
        EffectCodec codec = new EffectCodec();
        assertThat(host.effects())
                .filteredOn(each -> !(each instanceof Effect.SignalChanged))
                .allSatisfy(
                        each -> assertThat(EffectCodec.read(codec.write(each))).isEqualTo(each));
    }

    private static List<Alert> alerts(MemoryHost host, String customer) {
        return host.effects().stream()
                .filter(each -> each.subject().equals(SubjectId.customer(customer)))
                .flatMap(each ->
                        each instanceof Effect.AlertChanged changed ? Stream.of(changed.alert()) : Stream.empty())
                .toList();
    }

    @Test
    void who_joins_a_group_that_is_off_learns_of_it_at_the_next_judgement() {
        Definition pack = pack(new Cohort.Above.Share(0.5));
        MemoryHost host = new MemoryHost(pack);
        badHour().forEach(host::happened);
        host.happened(call("late", minute(90), "app", 3));
        host.happened(visit(minute(100)));
        assertThat(context(host, pack, "late")).isZero();
        host.happened(visit(minute(135)));
        assertThat(context(host, pack, "late")).isEqualTo(1);
    }

    @Test
    void more_than_chance_allows_is_judged_by_the_quantile() {
        MemoryHost likely = MemoryHost.run(pack(new Cohort.Above.Expected(0.5, 0.99)), end(badHour()));
        assertThat(likely.effects().stream().filter(Effect.SignalChanged.class::isInstance))
                .isEmpty();
        MemoryHost unlikely = MemoryHost.run(pack(new Cohort.Above.Expected(0.05, 0.99)), end(badHour()));
        assertThat(unlikely.effects().stream().filter(Effect.SignalChanged.class::isInstance))
                .isNotEmpty();
    }

    private static List<Event> end(List<Event> log) {
        log.add(visit(minute(70)));
        return log;
    }

    @Test
    void the_order_in_which_customers_are_heard_within_a_bucket_does_not_matter() {
        Definition pack = pack(new Cohort.Above.Share(0.3));
        List<Event> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(call("c-" + i, minute(i % 9), "app", i % 2 == 0 ? 20 : 5));
        }
        SubjectId group = SubjectId.cohort("long_calls", "app");
        MemoryHost calm = MemoryHost.run(pack, many);
        for (long seed = 1; seed <= 20; seed++) {
            List<Event> shuffled = new ArrayList<>(many);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(MemoryHost.run(pack, shuffled).state(group))
                    .as("seed %d", seed)
                    .isEqualTo(calm.state(group));
        }
    }

    @Test
    void a_large_group_keeps_a_bounded_number_of_members() {
        Definition pack = pack(new Cohort.Above.Share(0.3));
        List<Event> many = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            many.add(call("c-" + i, minute(1), "app", 20));
        }
        many.add(visit(minute(75)));
        MemoryHost host = MemoryHost.run(pack, many);
        long told = host.effects().stream()
                .filter(each -> each instanceof Effect.SendMessage send && send.message() instanceof Message.Notice)
                .count();
        assertThat(told).isEqualTo(Cohort.MAX_MEMBERS);
        assertThat(host.state(SubjectId.cohort("long_calls", "app")).size()).isLessThan(2_000);
    }
}
