package dev.forestall.value;

import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectId;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The ledger in memory, made of effects in the order of the record. For one thread. */
public final class Ledger {

    private static final Comparator<EffectId> IN_ORDER = Comparator.comparingLong(EffectId::position)
            .thenComparing(EffectId::subject)
            .thenComparingInt(EffectId::index);

    private final SequencedMap<EffectId, LedgerLine> lines = new TreeMap<>(IN_ORDER);
    private final SortedMap<EffectId, EffectId> lineOfRequest = new TreeMap<>(IN_ORDER);

    /** Takes an effect. @return the line that it began or changed; empty when it means nothing for the ledger */
    public Optional<LedgerLine> take(Effect effect) {
        return Entry.of(effect).flatMap(this::take);
    }

    private Optional<LedgerLine> take(Entry entry) {
        return switch (entry) {
            case Entry.Decided decided -> put(LedgerLine.of(decided));
            case Entry.Requested requested -> {
                // A decision that is older than what is kept has no line: its request has one of its own.
                LedgerLine before = requested.decision().map(lines::get).orElse(null);
                LedgerLine line = before == null ? LedgerLine.of(requested) : before.requested(requested);
                lineOfRequest.put(requested.request(), line.id());
                yield put(line);
            }
            case Entry.Paid paid -> change(lineOfRequest.get(paid.request()), line -> line.paid(paid.payment()));
            case Entry.Observed observed -> change(observed.outcome().decision(), line -> line.observed(observed));
        };
    }

    private Optional<LedgerLine> put(LedgerLine line) {
        lines.put(line.id(), line);
        return Optional.of(line);
    }

    private Optional<LedgerLine> change(@Nullable EffectId id, UnaryOperator<LedgerLine> change) {
        LedgerLine line = id == null ? null : lines.get(id);
        return line == null ? Optional.empty() : put(change.apply(line));
    }

    /** All lines, in the order of the record. */
    public SequencedMap<EffectId, LedgerLine> lines() {
        return Collections.unmodifiableSequencedMap(lines);
    }
}
