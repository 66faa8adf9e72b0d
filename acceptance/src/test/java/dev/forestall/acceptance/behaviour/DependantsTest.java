package dev.forestall.acceptance.behaviour;

import static dev.forestall.acceptance.behaviour.Shop.day;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.signal.Detector;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.signal.Stall;
import dev.forestall.loop.state.State;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.Seeds;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Customers learn of a signal of what they depend on: here, parcels that do not arrive, and a branch where many call. */
class DependantsTest {

    private static final Duration WITHIN = Duration.ofDays(4);
    private static final TestPlan PLAN = TestPlan.declare()
            .entity("parcel", "parcelId")
            .event("sent")
            .event("arrived")
            .event("called")
            .ready();
    private static final SubjectId PARCEL = new SubjectId("parcel", "p");

    private final Definition pack = pack(
            new Stall(PLAN.any("sent"), PLAN.any("arrived"), Duration.ofDays(2).toMillis()));
    private final MemoryHost host = new MemoryHost(pack);

    private static Definition pack(Detector<?> detector) {
        return TestPack.of(PLAN)
                .tick(Duration.ofHours(1))
                .signal(rule(detector).affecting(WITHIN.toMillis()))
                .ready();
    }

    private static <C> SignalRule<C> rule(Detector<C> detector) {
        return new SignalRule<>("trouble", detector, "parcel", null, SignalRule.Fires.ONCE, "", false, 0);
    }

    private static Event event(String type, Instant at, String customer) {
        return PLAN.event(type).of(customer).with("parcelId", "p").at(at).build();
    }

    private static Event alone(String type, Instant at) {
        return PLAN.event(type).anonymous().with("parcelId", "p").at(at).build();
    }

    private static boolean knows(MemoryHost host, Definition pack, String customer) {
        SubjectId subject = SubjectId.customer(customer);
        return new Loop(pack)
                .known(subject, host.state(subject), 0).stream()
                        .anyMatch(each -> each.name().equals("context.trouble") && each.number() == 1);
    }

    private boolean knows(String customer) {
        return knows(host, pack, customer);
    }

    private void passTime(Instant until) {
        host.tick(until.toEpochMilli());
    }

    private List<Boolean> heard(String customer) {
        return host.effects().stream()
                .filter(each ->
                        each instanceof Effect.SendMessage send && send.to().equals(SubjectId.customer(customer)))
                .map(each -> ((Message.Notice) ((Effect.SendMessage) each).message()).off())
                .toList();
    }

    @Test
    void who_waits_for_a_parcel_learns_that_it_is_late_and_that_it_has_come() {
        host.happened(event("sent", day(0), "ann"));
        host.happened(PLAN.event("called").of("bob").at(day(1)).build());
        passTime(day(2));
        assertThat(knows("ann")).isFalse();
        passTime(day(2).plusSeconds(7_200));
        assertThat(knows("ann")).isTrue();
        assertThat(knows("bob")).isFalse();

        host.happened(alone("arrived", day(3)));
        passTime(day(3).plusSeconds(7_200));
        assertThat(knows("ann")).isFalse();
        assertThat(heard("ann")).containsExactly(true, false);
    }

    @Test
    void who_comes_while_it_stands_learns_of_it_at_the_next_tick_and_once() {
        host.happened(event("sent", day(0), "ann"));
        passTime(day(3));
        host.happened(event("called", day(3), "bob"));
        host.happened(event("called", day(3).plusSeconds(60), "bob"));
        assertThat(knows("bob")).isFalse();
        passTime(day(3).plusSeconds(7_200));
        assertThat(knows("bob")).isTrue();
        assertThat(heard("bob")).containsExactly(true);
        assertThat(heard("ann")).containsExactly(true);
    }

    @Test
    void who_has_not_been_named_with_it_for_too_long_depends_on_it_no_longer() {
        host.happened(event("sent", day(0), "ann"));
        host.happened(event("called", day(1), "bob"));
        passTime(day(4));
        assertThat(knows("ann")).isTrue();
        passTime(day(4).plusSeconds(7_200));
        assertThat(knows("ann")).isFalse();
        assertThat(knows("bob")).isTrue();
        passTime(day(6));
        assertThat(heard("bob")).containsExactly(true, false);

        // Nobody is left to remember, and what comes now is news again.
        host.happened(event("called", day(7), "ann"));
        passTime(day(7).plusSeconds(7_200));
        assertThat(heard("ann")).containsExactly(true, false, true);
    }

    @Test
    void a_withdrawn_signal_is_taken_back() {
        host.happened(event("sent", day(0), "ann"));
        passTime(day(3));
        assertThat(knows("ann")).isTrue();
        host.happened(alone("arrived", day(1)));
        passTime(day(3).plusSeconds(7_200));
        assertThat(knows("ann")).isFalse();
    }

    @Test
    void who_was_named_under_two_names_depends_on_it_until_the_later_time_is_over() {
        TestPlan joining = TestPlan.declare()
                .identifier("deviceId", 2)
                .entity("parcel", "parcelId")
                .event("sent")
                .event("arrived")
                .event("called")
                .ready();
        Definition joined = TestPack.of(joining)
                .tick(Duration.ofHours(1))
                .signal(rule(new Stall(
                                joining.any("sent"),
                                joining.any("arrived"),
                                Duration.ofDays(2).toMillis()))
                        .affecting(WITHIN.toMillis()))
                .ready();
        MemoryHost house = new MemoryHost(joined);
        house.happened(joining.event("sent")
                .anonymous()
                .with("parcelId", "p")
                .at(day(0))
                .build());
        house.happened(joining.event("called")
                .anonymous()
                .with("deviceId", "d")
                .with("parcelId", "p")
                .at(day(1))
                .build());
        house.happened(joining.event("called")
                .of("ann")
                .with("parcelId", "p")
                .at(day(3))
                .build());
        house.happened(joining.event("called")
                .of("ann")
                .with("deviceId", "d")
                .at(day(4))
                .build());
        house.tick(day(4).plusSeconds(7_200).toEpochMilli());
        assertThat(knows(house, joined, "ann")).isTrue();
        house.tick(day(6).toEpochMilli());
        assertThat(knows(house, joined, "ann"))
                .as("when only the device's time is over")
                .isTrue();
        house.tick(day(7).plusSeconds(7_200).toEpochMilli());
        assertThat(knows(house, joined, "ann")).isFalse();
    }

    @Test
    void however_many_customers_there_are_each_learns_of_it_once() {
        int many = 20 * SignalRule.MAX_OWN_DEPENDANTS;
        host.happened(alone("sent", day(0)));
        for (int i = 0; i < many; i++) {
            host.happened(event("called", day(1).plusSeconds(i), "c-" + i));
        }
        passTime(day(3));
        assertThat(IntStream.range(0, many).filter(i -> !knows("c-" + i))).isEmpty();
        assertThat(host.state(PARCEL).size()).as("what the entity keeps").isLessThan(8_000);
        host.happened(alone("arrived", day(3)));
        passTime(day(3).plusSeconds(7_200));
        assertThat(IntStream.range(0, many).filter(i -> knows("c-" + i))).isEmpty();
        assertThat(notices()).hasSize(2 * many);
        passTime(day(9));
        assertThat(host.state(PARCEL).size()).as("when all are gone").isLessThan(40);
        assertThat(host.states().entrySet().stream()
                        .filter(each -> each.getKey().isMembers())
                        .mapToInt(each -> each.getValue().size()))
                .as("what the shards keep then")
                .allMatch(size -> size < 20);
    }

    @Test
    void who_comes_while_it_is_active_learns_of_it_from_a_shard_too() {
        host.happened(alone("sent", day(0)));
        for (int i = 0; i < 2 * SignalRule.MAX_OWN_DEPENDANTS; i++) {
            host.happened(event("called", day(1).plusSeconds(i), "c-" + i));
        }
        passTime(day(3));
        host.happened(event("called", day(3), "late"));
        host.happened(event("called", day(3).plusSeconds(1), "late"));
        passTime(day(3).plusSeconds(7_200));
        assertThat(heard("late")).containsExactly(true);
        passTime(day(7).plusSeconds(7_200));
        assertThat(heard("late")).as("away for too long").containsExactly(true, false);
    }

    private List<Effect> notices() {
        return host.effects().stream()
                .filter(each ->
                        each instanceof Effect.SendMessage send && send.to().isCustomer())
                .toList();
    }

    @Test
    void its_bytes_are_these() {
        host.happened(event("sent", day(0), "ann"));
        host.happened(event("called", day(1), "bob"));
        passTime(day(3));
        assertThat(host.state(PARCEL))
                .isEqualTo(State.of(HexFormat.of()
                        .parseHex(
                                "02f00180c086dcf266000000100380c086dcf26604000280e0a0b7f166020081a0ec80f4661901000203616e6e80e0a0b7"
                                        + "f1660103626f6280d0d389f26601")));
    }

    @Test
    void whoever_knows_is_who_should_by_brute_force(TestInfo test) {
        long window = Duration.ofDays(1).toMillis();
        compare(test, 200, 4, new Repeat(PLAN.any("called"), 3, window), window, 3);
    }

    @Test
    void and_so_it_is_where_shards_keep_most_of_them(TestInfo test) {
        int crowd = 2 * SignalRule.MAX_OWN_DEPENDANTS;
        long window = Duration.ofDays(1).toMillis();
        compare(test, 30, crowd, new Repeat(PLAN.any("called"), 64, window), window, 64);
    }

    /** Events of a crowd by chance: whoever knows must be who should. */
    private static void compare(TestInfo test, int runs, int crowd, Detector<?> detector, long window, int times) {
        Definition busy = pack(detector);
        int[] known = new int[2];
        Seeds.each(test, runs, (seed, random) -> {
            MemoryHost many = new MemoryHost(busy);
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < (crowd == 4 ? 30 : 3 * crowd); i++) {
                Instant at = day(0).plusSeconds(60 * random.nextLong(6 * 24 * 60));
                String type = random.nextBoolean() ? "called" : "sent";
                events.add(random.nextInt(4) == 0 ? alone(type, at) : event(type, at, "c-" + random.nextInt(crowd)));
            }
            events.sort(Comparator.comparingLong(Event::atMillis));
            events.forEach(many::happened);
            long now =
                    day(6).plusSeconds(30 + 60 * random.nextLong(5 * 24 * 60)).toEpochMilli();
            many.tick(now);
            boolean stands = events.stream()
                            .filter(each -> each.type().name().equals("called") && each.atMillis() > now - window)
                            .count()
                    >= times;
            for (int i = 0; i < crowd; i++) {
                String customer = "c-" + i;
                boolean depends = events.stream()
                        .anyMatch(each ->
                                customer.equals(each.identifier(0)) && each.atMillis() > now - WITHIN.toMillis());
                assertThat(knows(many, busy, customer)).as(customer).isEqualTo(stands && depends);
                known[stands && depends ? 1 : 0]++;
            }
        });
        assertThat(known[1]).as("customers who know").isGreaterThan(20);
        assertThat(known[0]).as("customers who do not").isGreaterThan(20);
    }
}
