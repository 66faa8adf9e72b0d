package dev.forestall.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.Decline;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.signal.SignalRule.Fires;
import dev.forestall.loop.signal.Stall;
import dev.forestall.loop.state.Cells;
import dev.forestall.pack.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacksTest {

    private static final String FOUR_PATTERNS = """
            pack: patterns
            subjects:
              customer: { identifiers: [userId] }
            events:
              login_failed: {}
              checkout_step: { step: integer }
              purchase: { amount: money }
              contact: { topic: string }
            signals:
              retries:
                repeat: { of: login_failed, times: 3, within: 10m }
                fires: each event
              checkout_stuck:
                stall: { after: checkout_step, without: [checkout_step, purchase], within: 30m }
              chasing:
                repeat: { of: "type == 'contact' && topic == 'status'", times: 2, within: 7d }
                fires: each event
                description: asks again and again where the order is
              quieter:
                decline: { of: [login_failed, checkout_step, purchase, contact], to: 40%, recent: 7d, baseline: 7d, minimum: 10 }
                fires: each event
            """;

    private static final String SHOP = """
            pack: shop
            subjects:
              customer: { identifiers: [userId] }
            events:
              order_placed: { amount: money, items: integer, channel: string }
              order_paid: {}
              order_lost: {}
              contact: { topic: string }
            """;

    private static Pack shop(String more) throws PackException {
        return Packs.compileText(SHOP + more.stripIndent());
    }

    @Test
    void four_patterns_become_a_definition() throws PackException {
        Definition definition = Packs.compileText(FOUR_PATTERNS).definition();

        assertThat(definition.name()).isEqualTo("patterns");
        assertThat(definition.signals().all())
                .extracting(SignalRule::name)
                .containsExactly("chasing", "checkout_stuck", "quieter", "retries");
        SignalRule<?> chasing = definition.signals().named("chasing").orElseThrow();
        assertThat(chasing.fires()).isEqualTo(Fires.EACH);
        assertThat(chasing.description()).isEqualTo("asks again and again where the order is");
        assertThat(chasing.detector()).isInstanceOfSatisfying(Repeat.class, repeat -> {
            assertThat(repeat.times()).isEqualTo(2);
            assertThat(repeat.withinMillis()).isEqualTo(Duration.ofDays(7).toMillis());
            assertThat(repeat.types().cardinality()).isEqualTo(1);
        });
        assertThat(detector(definition, "checkout_stuck"))
                .isInstanceOfSatisfying(
                        Stall.class,
                        stall -> assertThat(stall.withinMillis())
                                .isEqualTo(Duration.ofMinutes(30).toMillis()));
        assertThat(detector(definition, "quieter")).isInstanceOfSatisfying(Decline.class, decline -> {
            assertThat(decline.types().cardinality()).isEqualTo(4);
            assertThat(decline.eachEvent()).isTrue();
            assertThat(decline.recent() + decline.baseline()).isEqualTo(14);
        });
    }

    private static Object detector(Definition definition, String signal) {
        return definition.signals().named(signal).orElseThrow().detector();
    }

    @Test
    void four_patterns_are_found() throws PackException {
        Run run = new Run(Packs.compileText(FOUR_PATTERNS))
                .at(Duration.ofMinutes(1), "login_failed")
                .at(Duration.ofMinutes(2), "login_failed")
                .at(Duration.ofMinutes(3), "login_failed")
                .at(Duration.ofMinutes(4), "login_failed")
                .at(Duration.ofMinutes(5), "checkout_step", "step", 1)
                .at(Duration.ofMinutes(6), "contact", "topic", "status")
                .at(Duration.ofMinutes(7), "contact", "topic", "complaint")
                .at(Duration.ofHours(2), "contact", "topic", "status");

        assertThat(run.raised()).containsExactly("retries", "retries", "checkout_stuck", "chasing");
    }

    @Test
    void money_is_compared_in_major_units_and_stored_in_minor_ones() throws PackException {
        Pack pack = shop("""
                traits:
                  spent: { sum: amount, of: order_placed }
                signals:
                  big: { threshold: trait.spent >= 1000.10 }
                """);
        Run run = new Run(pack)
                .at(Duration.ofDays(1), "order_placed", "amount", 100_009L)
                .at(Duration.ofDays(2), "contact", "topic", "x");
        assertThat(run.raised()).isEmpty();
        assertThat(run.at(Duration.ofDays(3), "order_placed", "amount", 1L).raised())
                .containsExactly("big");
    }

    @Test
    void a_journey_knows_what_is_at_stake() throws PackException {
        Pack pack = shop("""
                journeys:
                  order: { start: order_placed, steps: { paid: order_paid }, goal: order_paid, value: event.amount * 0.04 }
                """.replace("paid: order_paid }, goal", "asked: contact }, goal"));
        Run run = new Run(pack).at(Duration.ofDays(1), "order_placed", "amount", 2_000_000L);
        assertThat(run.effects()).first().isInstanceOfSatisfying(Effect.Transitioned.class, transitioned -> {
            assertThat(transitioned.transition().kind()).isEqualTo(Transition.Kind.STARTED);
            assertThat(transitioned.transition().value()).contains(new Money(80_000, Currency.getInstance("EUR")));
        });
    }

    @Test
    void a_condition_on_the_type_alone_costs_no_condition() throws PackException {
        Pack plain = shop("signals: { s: { repeat: { of: contact, times: 2, within: 1d } } }\n");
        Pack asked = shop("signals: { s: { repeat: { of: \"type == 'contact'\", times: 2, within: 1d } } }\n");
        Pack among = shop(
                "signals: { s: { repeat: { of: \"type in ['contact', 'order_paid']\", times: 2, within: 1d } } }\n");
        assertThat(((Repeat) detector(asked.definition(), "s")).types())
                .isEqualTo(((Repeat) detector(plain.definition(), "s")).types());
        assertThat(((Repeat) detector(among.definition(), "s")).types().cardinality())
                .isEqualTo(2);
    }

    @Test
    void a_list_of_events_can_mix_names_and_conditions() throws PackException {
        Pack pack = shop("""
                signals:
                  trouble:
                    repeat: { of: [order_lost, "type == 'contact' && topic == 'cancel'", { event: order_placed, where: items > 9 }], times: 2, within: 7d }
                    fires: each event
                """);
        Run run = new Run(pack)
                .at(Duration.ofHours(1), "contact", "topic", "cancel")
                .at(Duration.ofHours(2), "contact", "topic", "thanks")
                .at(Duration.ofHours(3), "order_placed", "items", 3)
                .at(Duration.ofHours(4), "order_placed", "items", 10)
                .at(Duration.ofHours(5), "order_lost");
        assertThat(run.raised()).containsExactly("trouble", "trouble");
    }

    @Test
    void absence_is_unknown_and_an_unknown_condition_is_not_met() throws PackException {
        Pack pack = shop("""
                signals:
                  many: { threshold: items > 3 }
                  not_many: { threshold: "!(items > 3)" }
                  without: { threshold: "type == 'order_placed' && !has(event.items)" }
                """);
        Run run = new Run(pack).at(Duration.ofHours(1), "order_placed", "channel", "app");
        assertThat(run.raised()).containsExactly("without");
    }

    @Test
    void a_policy_decides_by_worth_and_keeps_its_record() throws PackException {
        Pack pack = shop("""
                journeys:
                  order: { start: order_placed, steps: { asked: contact }, goal: order_paid, value: amount * 0.1 }
                signals:
                  unpaid: { stall: { after: order_placed, without: order_paid, within: 2d }, journey: order }
                actions:
                  call: { workflow: call.bpmn, channel: voice, cost: 4.20 }
                  mail: { message: reminder, channel: email, cost: 0.02 }
                policies:
                  save:
                    on: signal.unpaid
                    candidates: [{ action: call, uplift: 0.08 }, { action: mail, uplift: 0.03 }, nothing]
                    objective: uplift * journey.order.value - cost
                    value_at_risk: journey.order.value
                    holdout: 0%
                """);
        Run run = new Run(pack)
                .at(Duration.ofHours(1), "order_placed", "amount", 100_000L)
                .until(Duration.ofDays(3));
        Decision decision = run.effects().stream()
                .filter(Effect.Decided.class::isInstance)
                .map(effect -> ((Effect.Decided) effect).decision())
                .findFirst()
                .orElseThrow();
        Currency euro = Currency.getInstance("EUR");
        assertThat(decision.chosen()).isEqualTo("call");
        assertThat(decision.valueAtRisk()).contains(new Money(10_000, euro));
        assertThat(decision.candidates())
                .extracting(Decision.Considered::expectedValue)
                .containsExactly(
                        java.util.Optional.of(new Money(380, euro)),
                        java.util.Optional.of(new Money(298, euro)),
                        java.util.Optional.of(new Money(0, euro)));
    }

    @Test
    void what_is_to_be_learned_waits_for_ever_while_it_is_learned() throws PackException {
        String text = SHOP + """
                journeys:
                  order: { start: order_placed, steps: { asked: contact }, goal: order_paid }
                signals:
                  unpaid: { stall: { after: order_placed, without: order_paid, within: learned(p90) } }
                  crowd: { cohort: { exits: order, by: event.channel, above: expected(99%) } }
                """;
        assertThatThrownBy(() -> Packs.compileText(text))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("PCK-050")
                .hasMessageContaining("./forestall baselines LOG --pack");

        Pack learning = Packs.checkTextForLearning(text).pack().orElseThrow();
        assertThat(learning.learnedTimes()).containsExactly("unpaid");
        assertThat(learning.learnedShares()).containsExactly("crowd");
        assertThat(((Stall) detector(learning.definition(), "unpaid")).withinMillis())
                .isEqualTo(Cells.NEVER);
        assertThat(((Cohort) detector(learning.definition(), "crowd")).above()).isEqualTo(new Cohort.Above.Share(1));
        assertThat(learning.definition().signals().all()).allMatch(SignalRule::isLearning);

        Run run = new Run(learning)
                .at(Duration.ofDays(1), "order_placed")
                .at(Duration.ofDays(4), "order_paid")
                .until(Duration.ofDays(40));
        BaselineLearner learner = new BaselineLearner(learning);
        run.effects().forEach(learner::after);
        Baselines learned = learner.learned(Baselines.NONE.provenance());
        assertThat(learned.times().get("unpaid"))
                .isEqualTo(Baselines.Times.of(new long[] {Duration.ofDays(3).toMillis()}));
        assertThat(run.raised()).isEmpty();
    }

    @Test
    void the_packs_of_the_repository_compile() throws IOException, PackException {
        try (Stream<Path> packs = Files.list(Path.of("../packs"))) {
            for (Path pack : packs.sorted().toList()) {
                assertThat(Packs.check(pack).problems())
                        .filteredOn(Problem::isError)
                        .isEmpty();
                assertThat(Packs.compileForLearning(pack).definition().signals().all())
                        .hasSizeGreaterThan(7);
            }
        }
    }

    @Test
    void what_a_pack_costs_is_known_before_it_runs() throws PackException {
        PackCost none = Packs.compileText(SHOP).cost();
        PackCost four = Packs.compileText(FOUR_PATTERNS).cost();
        assertThat(none.customer()).isLessThan(four.customer());
        assertThat(four.customer()).isBetween(80, 400);
        assertThat(four.heaviestEvent()).isEqualTo("login_failed");
        assertThat(four.workPerEvent()).isPositive();
        assertThat(four.parts()).extracting(PackCost.Part::name).contains("signals.retries", "signals.quieter");
        int parts = four.parts().stream().mapToInt(PackCost.Part::bytes).sum();
        assertThat(four.customer()).isGreaterThan(parts);
    }

    @Test
    void an_entity_that_tells_costs_customers_a_look_at_each_event() throws PackException {
        String branches = """
                pack: branches
                subjects:
                  customer: { identifiers: [userId] }
                  branch: { identifier: branchId }
                events:
                  visit: {}
                  contact: {}
                signals:
                  swamped: { repeat: { of: visit, times: 9, within: 1h }, on: branch%s }
                """;
        PackCost silent = Packs.compileText(branches.formatted("")).cost();
        PackCost telling =
                Packs.compileText(branches.formatted(", affects: 2d")).cost();
        assertThat(telling.workPerEvent()).isEqualTo(silent.workPerEvent() + 1);
        assertThat(telling.customer()).isGreaterThan(silent.customer());
    }

    @Test
    void an_action_without_its_file_is_warned_of_until_the_file_is_there(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("pack.yaml");
        Files.writeString(file, """
                pack: small
                subjects:
                  customer: { identifiers: [userId] }
                events: { visit: {} }
                actions:
                  call: { workflow: call.bpmn, channel: voice, cost: 4.20 }
                  mail: { message: reminder, channel: email, cost: 0.02 }
                """);
        Packs.Checked before = Packs.check(folder);
        assertThat(before.pack()).isPresent();
        assertThat(before.problems())
                .extracting(problem -> problem.code() + " " + problem.place() + " " + problem.isError())
                .containsExactly("MISSING_FILE pack.yaml:6:21 false", "MISSING_FILE pack.yaml:7:20 false");
        Files.createDirectories(folder.resolve("workflows"));
        Files.createDirectories(folder.resolve("messages"));
        Files.writeString(folder.resolve("workflows/call.bpmn"), "<definitions/>");
        Files.writeString(folder.resolve("messages/reminder.liquid"), "Dear customer");
        assertThat(Packs.check(folder).problems()).isEmpty();
    }

    @Test
    void what_signals_and_actions_mean_is_there_for_people() throws PackException {
        Pack pack = shop("""
                signals:
                  chasing: { repeat: { of: contact, times: 2, within: 7d }, description: asks again }
                actions:
                  call: { workflow: call.bpmn, channel: voice, cost: 4.20, description: a call by the team }
                  mail: { message: reminder, channel: email, cost: 0.02 }
                """);
        assertThat(pack.words())
                .containsExactly(
                        Map.entry("call", "a call by the team"),
                        Map.entry("chasing", "asks again"),
                        Map.entry("mail", "mail"));
    }
}
