package dev.forestall.acceptance.identity;

import dev.forestall.loop.Definition;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.loop.profile.Trait;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.Stall;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A few people who share too few identifiers, so that nearly everything that can happen to identities happens to them. Ranks, limits
 * and who is there are drawn anew for each crowd.
 */
final class Crowd {

    private static final List<String> NAMES = List.of("userId", "email", "phone", "deviceId");

    private final SplittableRandom random;
    final TrackingPlan plan;
    final Definition definition;
    final List<Identifier> everybody = new ArrayList<>();

    Crowd(SplittableRandom random) {
        this.random = random;
        EventType asked = new EventType("asked", 0, page());
        EventType answered = new EventType("answered", 1, page());
        int kinds = 2 + random.nextInt(NAMES.size() - 1);
        List<IdentifierType> identifiers = new ArrayList<>();
        int rank = random.nextInt(8) == 0 ? 1 : 0;
        for (String name : NAMES.subList(0, kinds)) {
            identifiers.add(new IdentifierType(name, SubjectId.CUSTOMER, rank, 1 + random.nextInt(3)));
            rank += random.nextInt(4) == 0 ? 0 : 1;
            people(name);
        }
        identifiers.add(random.nextInt(identifiers.size() + 1), new IdentifierType("branchId", "branch", 0, 1));
        plan = new TrackingPlan(List.of(asked, answered), identifiers);
        definition = definition(plan);
    }

    private static List<Property> page() {
        return List.of(new Property("page", PropertyType.STRING, 0, false, false, ""));
    }

    /** One of each kind has a value that reads like the name of another customer. */
    private void people(String name) {
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            everybody.add(new Identifier(name, i == 0 ? "email:" + i : Integer.toString(i)));
        }
    }

    private static Definition definition(TrackingPlan tracking) {
        TestPlan plan = TestPlan.of(tracking);
        return TestPack.of(plan)
                .trait(new Trait("asked", SubjectId.CUSTOMER, Trait.Fold.COUNT, plan.any("asked"), null, null, 0))
                .trait(new Trait(
                        "page",
                        SubjectId.CUSTOMER,
                        Trait.Fold.LAST,
                        plan.any("asked", "answered"),
                        null,
                        plan.words("page"),
                        0))
                .signal(
                        "chasing",
                        new Repeat(plan.any("asked"), 2, Duration.ofHours(5).toMillis()))
                .signal(
                        "unanswered",
                        new Stall(
                                plan.any("asked"),
                                plan.any("answered"),
                                Duration.ofHours(3).toMillis()))
                .ready();
    }

    /** Events and unmerges at random; about every twelfth record parts somebody. */
    List<Said> history(int length) {
        List<Said> history = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            history.add(random.nextInt(12) == 0 ? unmerged() : happened(i, carried()));
        }
        return history;
    }

    List<Said> eventsOnly(int length) {
        List<Said> history = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            history.add(happened(i, carried()));
        }
        return history;
    }

    private List<Identifier> carried() {
        List<Identifier> carried = new ArrayList<>();
        for (IdentifierType type : plan.identifiers()) {
            if (!type.subjectKind().equals(SubjectId.CUSTOMER) || random.nextInt(5) < 2) {
                continue;
            }
            carried.add(someone(type.name()));
        }
        return carried;
    }

    Identifier someone(String name) {
        List<Identifier> ofThatKind =
                everybody.stream().filter(each -> each.name().equals(name)).toList();
        return ofThatKind.get(random.nextInt(ofThatKind.size()));
    }

    /** About an hour after the one before, or some hours late. */
    Said.Happened happened(int place, List<Identifier> carried) {
        long at =
                Times.hour(place).toEpochMilli() + random.nextInt(1_000_000) - 3_600_000L * (random.nextInt(6) / 4) * 4;
        EventType type = plan.types().get(random.nextInt(2));
        Event.Builder event = Event.of(plan, type, "", at).text(0, "page " + random.nextInt(5));
        for (Identifier each : carried) {
            event.identifier(plan.identifier(each.name()).orElseThrow(), each.value());
        }
        if (random.nextInt(4) == 0) {
            event.identifier(plan.identifier("branchId").orElseThrow(), "b-1");
        }
        return new Said.Happened(List.copyOf(carried), event.build());
    }

    /** The same event as if it had carried only one of its identifiers. */
    Said.Happened carryingOnly(Identifier one, Said.Happened original) {
        Event event = original.event();
        Event.Builder alone = Event.of(plan, event.type(), event.id(), event.atMillis());
        String page = event.text(0);
        if (page != null) {
            alone.text(0, page);
        }
        alone.identifier(plan.identifier(one.name()).orElseThrow(), one.value());
        return new Said.Happened(List.of(one), alone.build());
    }

    Said.Unmerged unmerged() {
        Identifier one = everybody.get(random.nextInt(everybody.size()));
        Identifier other = everybody.get(random.nextInt(everybody.size()));
        return one.equals(other) ? unmerged() : new Said.Unmerged(new Unmerge(one, other, random.nextInt(4) == 0));
    }

    /** Two or three people of different kinds. */
    List<Identifier> companions() {
        List<Identifier> companions = new ArrayList<>();
        List<IdentifierType> kinds = new ArrayList<>(plan.identifiers());
        kinds.removeIf(type -> !type.subjectKind().equals(SubjectId.CUSTOMER));
        int count = 2 + random.nextInt(Math.min(3, kinds.size()) - 1);
        while (companions.size() < count) {
            companions.add(someone(kinds.remove(random.nextInt(kinds.size())).name()));
        }
        return companions;
    }
}
