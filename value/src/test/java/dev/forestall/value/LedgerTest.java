package dev.forestall.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.action.Decision.Group;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.loop.request.RequestRef;
import dev.forestall.loop.request.RequestStage;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.loop.trigger.Basis;
import dev.forestall.value.Entry.Payment;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final SubjectId ANN = SubjectId.customer("ann");
    private static final EffectId DECISION = new EffectId(ANN, 5, 1);
    private static final EffectId REQUEST = new EffectId(ANN, 5, 2);
    private static final Money COST = new Money(420, EUR);
    private static final Money AT_RISK = new Money(50_000, EUR);

    private final Ledger ledger = new Ledger();
    private int position = 10;

    private EffectId next() {
        return new EffectId(ANN, position++, 0);
    }

    private void decided(Group group) {
        ledger.take(new Effect.Decided(new Decision(
                DECISION,
                "save",
                "",
                1_000,
                Optional.of(new EffectId(ANN, 5, 0)),
                group,
                false,
                0.3,
                group == Group.CONTROL ? "nothing" : "call",
                "call",
                new Probability(0.5),
                Optional.of(AT_RISK),
                List.of(),
                Basis.NONE,
                false)));
    }

    private void requested(ActionRequest.Source source) {
        ledger.take(new Effect.ActionRequested(new ActionRequest(
                REQUEST,
                source,
                new ActionRequest.Task("call", "workflow", "call", List.of(), COST, List.of()),
                new ActionRequest.Reach("service", 50, List.of("voice"), "UTC", ""),
                "",
                Optional.empty(),
                new ActionRequest.Schedule(1_000, 1_000, 9_000, "never"),
                true)));
    }

    private void requestedByPolicy() {
        requested(new ActionRequest.Source.OfPolicy(DECISION, "save", "signal.stall", new EffectId(ANN, 5, 0)));
    }

    private void moved(RequestStage stage) {
        ledger.take(new Effect.RequestChanged(
                new RequestChange.Moved(next(), new RequestRef(REQUEST, "call", ""), 2_000, stage, "voice", "")));
    }

    private void observed(boolean success) {
        ledger.take(new Effect.OutcomeObserved(
                new Outcome(next(), "saved", DECISION, "save", "", Group.TREATMENT, success, 8_000, 1_000)));
    }

    private LedgerLine line() {
        assertThat(ledger.lines()).hasSize(1);
        return ledger.lines().firstEntry().getValue();
    }

    @Test
    void what_was_requested_costs_nothing_until_it_is_sent() {
        decided(Group.TREATMENT);
        requestedByPolicy();
        assertThat(line().spent()).isEmpty();
        moved(RequestStage.SENT);
        assertThat(line().spent()).contains(COST);
        observed(true);
        assertThat(line().kept()).contains(AT_RISK);
    }

    @Test
    void control_is_a_line_that_spends_nothing_and_keeps_what_turned_out_well() {
        decided(Group.CONTROL);
        observed(true);
        assertThat(line().group()).contains(Group.CONTROL);
        assertThat(line().action()).isEqualTo("call");
        assertThat(line().spent()).isEmpty();
        assertThat(line().kept()).contains(AT_RISK);
    }

    @Test
    void what_may_have_been_sent_is_paid_until_it_is_known_that_it_was_not() {
        decided(Group.TREATMENT);
        requestedByPolicy();
        moved(RequestStage.UNCERTAIN);
        assertThat(line().payment()).isEqualTo(Payment.PERHAPS);
        assertThat(line().spent()).contains(COST);
        moved(RequestStage.FAILED);
        assertThat(line().spent()).isEmpty();
    }

    @Test
    void what_was_sent_stays_paid_even_if_it_is_returned() {
        decided(Group.TREATMENT);
        requestedByPolicy();
        moved(RequestStage.SENT);
        moved(RequestStage.FAILED);
        assertThat(line().spent()).contains(COST);
    }

    @Test
    void what_did_not_turn_out_well_keeps_nothing_and_the_first_outcome_stands() {
        decided(Group.TREATMENT);
        observed(false);
        observed(true);
        assertThat(line().result().orElseThrow().success()).isFalse();
        assertThat(line().kept()).isEmpty();
    }

    @Test
    void what_a_person_asked_for_has_a_line_of_its_own() {
        requested(new ActionRequest.Source.OfReport("user:u-1", "asked for", Optional.empty()));
        moved(RequestStage.DELIVERED);
        assertThat(line().policy()).isEmpty();
        assertThat(line().group()).isEmpty();
        assertThat(line().spent()).contains(COST);
    }
}
