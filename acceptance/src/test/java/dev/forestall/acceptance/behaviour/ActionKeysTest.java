package dev.forestall.acceptance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.Definition;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.Parameter;
import dev.forestall.loop.action.Parameter.Value;
import dev.forestall.loop.event.Money;
import dev.forestall.pack.PackException;
import dev.forestall.pack.Packs;
import dev.forestall.testkit.Scenario;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Times;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an action says beside what it does: with what it is filled, for how long it is of use, and what takes it back. */
class ActionKeysTest {

    private static final String SHOP = """
            pack: shop
            subjects:
              customer: { identifiers: [userId] }
              branch: { identifier: branchId }
            events:
              order_placed: { amount: money, channel: string, promised: time }
              called: {}
            traits:
              amount: { last: event.amount, of: order_placed }
              channel: { last: event.channel, of: order_placed }
              promised: { last: event.promised, of: order_placed }
            signals:
              chasing: { repeat: { of: called, times: 2, within: 7d } }
              branch_chased: { repeat: { of: called, times: 2, within: 7d }, on: branch, affects: 7d }
            policies:
              save: { on: signal.chasing, candidates: [{ action: write, uplift: 0.5 }], objective: uplift * 100.0 - cost, holdout: 0% }
            actions:
            """;

    private static Definition shop(String action) throws PackException {
        return Packs.compileText(SHOP + "  write: { message: letter, channel: email, cost: 0.10, " + action + " }\n")
                .definition();
    }

    private static ActionRequest request(Definition definition) {
        TestPlan plan = TestPlan.of(definition.plan());
        return Scenario.live(
                        definition,
                        plan.event("order_placed")
                                .at(Times.day(0))
                                .with("amount", 1_250L)
                                .build(),
                        plan.event("called").at(Times.day(1)).build(),
                        plan.event("called").at(Times.day(2)).build())
                .request();
    }

    @Test
    void parameters_have_the_types_of_their_expressions_and_what_is_unknown_is_left_out() throws PackException {
        ActionRequest request = request(shop("with: { amount: trait.amount, large: trait.amount > 1000.0,"
                + " half: \"trait.amount / 2.0 > 5.0 ? 'much' : 'little'\", channel: trait.channel, promised: trait.promised,"
                + " wait: \"duration('36h')\", calls: 2 }"));
        assertThat(request.task().parameters())
                .containsExactly(
                        new Parameter("amount", new Value.Amount(new Money(1_250, Currency.getInstance("EUR")))),
                        new Parameter("calls", new Value.Number(2)),
                        new Parameter("half", new Value.Text("much")),
                        new Parameter("large", new Value.Truth(false)),
                        new Parameter(
                                "wait", new Value.Length(Duration.ofHours(36).toMillis())));
    }

    @Test
    void a_request_expires_when_the_pack_says_and_after_three_days_when_it_does_not() throws PackException {
        assertThat(lasts(request(shop("expires: 5h")))).isEqualTo(Duration.ofHours(5));
        assertThat(lasts(request(shop("description: a letter")))).isEqualTo(Duration.ofDays(3));
    }

    private static Duration lasts(ActionRequest request) {
        return Duration.ofMillis(
                request.schedule().expiresMillis() - request.schedule().atMillis());
    }

    @Test
    void a_request_says_what_takes_it_back() throws PackException {
        for (String when : List.of("cause ends", "never", "signal.chasing ends", "context.branch_chased ends")) {
            assertThat(request(shop("withdraw_when: " + when)).schedule().withdrawWhen())
                    .isEqualTo(when);
        }
    }

    @Test
    void what_never_ends_for_a_customer_takes_nothing_back() {
        assertThatThrownBy(() -> shop("withdraw_when: signal.branch_chased ends"))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("requests are about customers")
                .hasMessageContaining("context.branch_chased ends");
        assertThatThrownBy(() -> shop("withdraw_when: signal.chasin ends"))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("chasing");
    }
}
