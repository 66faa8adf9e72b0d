package dev.forestall.records.value;

import dev.forestall.loop.action.Decision;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.records.database.Session;
import dev.forestall.records.effects.Changes;
import dev.forestall.records.effects.Projected;
import dev.forestall.records.effects.Seen;
import dev.forestall.value.Entry;
import java.util.Locale;
import java.util.Optional;

/** The ledger as a table: the same entries as in memory, and the same lines. For one thread. */
public final class LedgerTable implements Projected {

    private final Changes decided = new Changes("""
            INSERT INTO projection.ledger (tenant, id, policy, customer_kind, customer, at, treatment_group, action, at_risk_minor, currency)
            VALUES (current_setting('forestall.tenant'), ?, ?, ?, ?, ?, ?, ?, ?, ?)""");

    private final Changes requested = new Changes("""
            UPDATE projection.ledger SET request = ?, action = ?, cost_minor = ?, currency = ? WHERE id = ?""");

    /** Where no decision has a line: nobody decided, or it is older than what is kept. */
    private final Changes asked = new Changes("""
            INSERT INTO projection.ledger (tenant, id, policy, customer_kind, customer, at, request, action, cost_minor, currency)
            SELECT current_setting('forestall.tenant'), ?, '', ?, ?, ?, ?, ?, ?, ?
            WHERE NOT EXISTS (SELECT 1 FROM projection.ledger WHERE id = ?)""");

    private final Changes paid = new Changes(
            "UPDATE projection.ledger SET payment = CASE WHEN payment = 'yes' THEN 'yes' ELSE ? END WHERE request = ?");

    private final Changes observed = new Changes("""
            UPDATE projection.ledger SET outcome = ?, success = ?, observed_at = ? WHERE id = ? AND outcome IS NULL""");

    @Override
    public void take(Seen seen) {
        Entry.of(seen.effect()).ifPresent(entry -> take(seen, entry));
    }

    private void take(Seen seen, Entry entry) {
        switch (entry) {
            case Entry.Decided it -> decided(seen, it.decision());
            case Entry.Requested it -> requested(seen, it);
            case Entry.Paid it -> paid.add(it.payment().name().toLowerCase(Locale.ROOT), seen.id(it.request()));
            case Entry.Observed it -> observed(seen, it.outcome());
        }
    }

    private void decided(Seen seen, Decision decision) {
        Optional<Money> atRisk = decision.valueAtRisk();
        decided.add(
                seen.id(),
                decision.policy(),
                seen.subject().kind(),
                seen.subject().key(),
                seen.at(),
                decision.group().name().toLowerCase(Locale.ROOT),
                decision.wouldChoose(),
                atRisk.map(Money::minor),
                atRisk.map(money -> money.currency().getCurrencyCode()));
    }

    private void requested(Seen seen, Entry.Requested entry) {
        String currency = entry.cost().currency().getCurrencyCode();
        String line = entry.decision().map(seen::id).orElse("");
        requested.add(seen.id(), entry.action(), entry.cost().minor(), currency, line);
        asked.add(
                seen.id(),
                seen.subject().kind(),
                seen.subject().key(),
                Seen.at(entry.atMillis()),
                seen.id(),
                entry.action(),
                entry.cost().minor(),
                currency,
                line);
    }

    private void observed(Seen seen, Outcome outcome) {
        observed.add(outcome.name(), outcome.success(), Seen.at(outcome.atMillis()), seen.id(outcome.decision()));
    }

    /** Each kind of entry follows those above it, within a batch as in the record: a decision, its request, what became of that. */
    @Override
    public void write(Session session) {
        decided.write(session);
        requested.write(session);
        asked.write(session);
        paid.write(session);
        observed.write(session);
    }

    @Override
    public void forget() {
        decided.forget();
        requested.forget();
        asked.forget();
        paid.forget();
        observed.forget();
    }
}
