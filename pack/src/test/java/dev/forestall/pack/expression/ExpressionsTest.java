package dev.forestall.pack.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Scope;
import dev.forestall.loop.expression.Truth;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problem;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.util.BitSet;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where packs go their own way, and what is known of a condition before it runs. */
class ExpressionsTest {

    private final TrackingPlan plan = new TrackingPlan(
            List.of(
                    new EventType(
                            "order",
                            0,
                            List.of(
                                    property("amount", PropertyType.MONEY, 0, "JPY", true),
                                    property("items", PropertyType.INTEGER, 1, "", false),
                                    property("weight", PropertyType.NUMBER, 2, "", false),
                                    property("took", PropertyType.DURATION, 3, "", false),
                                    property("cost", PropertyType.STRING, 4, "", false))),
                    new EventType("contact", 1, List.of(property("topic", PropertyType.STRING, 0, "", false))),
                    new EventType("visit", 2, List.of())),
            List.of(new IdentifierType("userId", "customer", 0, 1)));
    private final Problems problems = new Problems();
    private final Expressions expressions = new Expressions(
            new Names(
                    plan,
                    Currency.getInstance("JPY"),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of()),
            problems);

    private static Property property(String name, PropertyType type, int slot, String unit, boolean required) {
        return new Property(name, type, slot, required, false, unit);
    }

    private static BitSet types(int... indexes) {
        BitSet types = new BitSet();
        for (int index : indexes) {
            types.set(index);
        }
        return types;
    }

    private Compiled compile(String text) {
        Optional<Compiled> compiled =
                expressions.compile(scalar(text), "", new Site(Site.Stage.SIGNAL, types(0, 1, 2), false));
        assertThat(problems.sorted()).isEmpty();
        return compiled.orElseThrow();
    }

    private static Scalar scalar(String text) {
        return new Scalar(new Place("pack.yaml", 3, 7), text, false);
    }

    private Event.Builder order() {
        return Event.of(plan, plan.types().get(0), "", 0);
    }

    private static Scope at(@Nullable Event event) {
        return new Scope() {
            @Override
            public @Nullable Event event() {
                return event;
            }

            @Override
            public long atMillis() {
                return 0;
            }

            @Override
            public double number(int variable) {
                return Double.NaN;
            }

            @Override
            public @Nullable String text(int variable) {
                return null;
            }
        };
    }

    @Test
    void a_division_by_zero_has_no_value() {
        Scope some = at(order().whole(1, 5).number(2, 0.0).build());
        assertThat(compile("1.0 / weight > 5.0").condition().test(some)).isEqualTo(Truth.UNKNOWN);
        assertThat(compile("items / 0 > 5").condition().test(some)).isEqualTo(Truth.UNKNOWN);
        assertThat(compile("items % 0 == 0").condition().test(some)).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void whole_numbers_beyond_the_exact_ones_have_no_value() {
        Scope some = at(order().whole(1, 3_000_000_000L).build());
        assertThat(compile("items * items > 0").condition().test(some)).isEqualTo(Truth.UNKNOWN);
        assertThat(compile("items * 3 == 9000000000").condition().test(some)).isEqualTo(Truth.TRUE);
    }

    @Test
    void a_currency_without_decimals_is_counted_in_whole_units() {
        Scope some = at(order().whole(0, 1_500).build());
        assertThat(compile("amount == 1500.0 && amount >= 1500").condition().test(some))
                .isEqualTo(Truth.TRUE);
        assertThat(compile("amount * 0.5").stored().value(some)).isEqualTo(750);
    }

    @Test
    void durations_are_written_as_everywhere_in_packs() {
        Scope some = at(order().whole(3, 90_000_000).build());
        assertThat(compile("took > duration('1d')").condition().test(some)).isEqualTo(Truth.TRUE);
        assertThat(compile("took > duration('1d2h')").condition().test(some)).isEqualTo(Truth.FALSE);
    }

    @Test
    void a_name_that_means_something_else_is_reached_through_the_event() {
        Scope some = at(order().text(4, "free").build());
        assertThat(compile("event.cost == 'free'").condition().test(some)).isEqualTo(Truth.TRUE);
    }

    @Test
    void without_an_event_whatever_asks_it_is_unknown() {
        Scope time = at(null);
        for (String text : List.of(
                "amount > 5.0",
                "has(event.amount)",
                "type == 'visit'",
                "type in ['visit', 'contact']",
                "userId == 'u'",
                "size(topic) > 1")) {
            assertThat(compile(text).condition().test(time)).as(text).isEqualTo(Truth.UNKNOWN);
        }
        assertThat(compile("amount > 5.0 || true").condition().test(time)).isEqualTo(Truth.TRUE);
        assertThat(compile("amount > 5.0 && false").condition().test(time)).isEqualTo(Truth.FALSE);
    }

    @Test
    void identifiers_are_asked_like_properties() {
        Scope some = at(
                Event.of(plan, plan.types().get(2), "", 0).identifier(0, "u-1").build());
        assertThat(compile("userId.startsWith('u-')").condition().test(some)).isEqualTo(Truth.TRUE);
        assertThat(compile("has(event.userId)").condition().test(some)).isEqualTo(Truth.TRUE);
    }

    @Test
    void it_is_known_at_which_events_a_condition_can_hold() {
        BitSet all = types(0, 1, 2);
        assertThat(compile("type == 'contact' && topic == 'x'").canHold(all)).isEqualTo(types(1));
        assertThat(compile("topic == 'x'").canHold(all)).isEqualTo(types(1));
        assertThat(compile("!(topic == 'x')").canHold(all)).isEqualTo(types(1));
        assertThat(compile("type != 'contact'").canHold(all)).isEqualTo(types(0, 2));
        assertThat(compile("type == 'visit' || amount > 5.0").canHold(all)).isEqualTo(types(0, 2));
        assertThat(compile("has(event.amount)").canHold(all)).isEqualTo(types(0));
        assertThat(compile("!has(event.topic)").canHold(all)).isEqualTo(all);
        assertThat(compile("type in ['visit', 'order'] ? items > 3 : topic == 'x'")
                        .canHold(all))
                .isEqualTo(types(0, 1));
        assertThat(compile("userId == 'u'").canHold(all)).isEqualTo(all);
        assertThat(compile("type == 'visit' && type == 'order'").canHold(all)).isEqualTo(types());
        assertThat(compile("items > 3 && topic == 'x'").canHold(all)).isEqualTo(types());
    }

    @Test
    void it_is_known_at_which_events_a_condition_surely_holds_or_can_be_known() {
        BitSet all = types(0, 1, 2);
        assertThat(compile("type == 'visit' || has(event.amount)").surelyHolds(all))
                .isEqualTo(types(0, 2));
        assertThat(compile("has(event.items)").surelyHolds(all)).isEqualTo(types());
        assertThat(compile("amount > 5.0").canBeKnown(all)).isEqualTo(types(0));
        assertThat(compile("type == 'order'").canBeKnown(all)).isEqualTo(all);
    }

    @Test
    void at_events_of_the_only_possible_type_the_type_is_not_asked_again() {
        Compiled compiled = expressions
                .compileAtEvents(scalar("type == 'contact' && topic == 'x'"), "", Site.Stage.SIGNAL, types(0, 1, 2))
                .orElseThrow();
        assertThat(compiled.types()).isEqualTo(types(1));
        Condition condition = compiled.condition();
        Event visit = Event.of(plan, plan.types().get(1), "", 0).text(0, "x").build();
        assertThat(condition.test(at(visit))).isEqualTo(Truth.TRUE);
        // What is left is the topic alone: without an event it is as unknown as the topic.
        assertThat(condition.test(at(null))).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void a_problem_stands_at_its_column() {
        expressions.compile(scalar("items > 3 && amont > 5.0"), "signals.s", Site.at(Site.Stage.SIGNAL, types(0)));
        assertThat(problems.sorted()).singleElement().satisfies(problem -> {
            assertThat(problem.place()).isEqualTo(new Place("pack.yaml", 3, 7 + 13));
            assertThat(problem.nearest()).isEqualTo("amount");
            assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
        });
    }
}
