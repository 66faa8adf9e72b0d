package dev.forestall.acceptance.gate;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.gate.Gate;
import dev.forestall.loop.gate.GateAnswer;
import dev.forestall.loop.gate.GateRules;
import dev.forestall.loop.gate.Proposal;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Slots;
import dev.forestall.loop.state.State;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gate of one customer. Its state is written and read again after each thing that it is told. */
final class GateUnderTest {

    private static final SubjectId CUSTOMER = SubjectId.customer("ann");

    private final GateMutant mutant;
    private final Gate gate;
    private final Cells cells = new Cells(7);
    private final Moment moment = new Moment(cells, List.of());
    private State state = State.EMPTY;
    private long position;
    private @Nullable String zone;

    GateUnderTest(Declared declared, GateMutant mutant) {
        this.mutant = mutant;
        this.gate = new Gate(
                mutant.rules(new GateRules(
                        List.of(),
                        List.of(),
                        declared.caps(),
                        declared.quiet(),
                        declared.calendar(),
                        scope -> mutant.zone(zone),
                        ZoneId.of(declared.zoneElse()),
                        declared.releaseMillis())),
                new Slots());
    }

    @Nullable
    GateAnswer hears(Said said) {
        cells.load(state);
        moment.enter(CUSTOMER, cells, position++, 0);
        while (cells.nextWake() < said.atMillis()) {
            moment.begin(cells.nextWake(), null);
            cells.advance(moment.atMillis());
            gate.due(moment);
        }
        moment.begin(said.atMillis(), null);
        cells.advance(said.atMillis());
        GateAnswer answer = apply(said);
        state = mutant.state(cells.save());
        return answer;
    }

    private @Nullable GateAnswer apply(Said said) {
        switch (said) {
            case Said.Agreement agreement -> gate.say(moment, mutant.consent(agreement.consent()));
            case Said.Suppression it ->
                gate.suppress(
                        moment,
                        mutant.suppressed(it.channel()),
                        "message_bounced",
                        it.sinceMillis(),
                        mutant.suppressedFor(it.forMillis()));
            case Said.Reservation it ->
                gate.reserve(moment, id(it.request()), proposal(it.asked()), mutant.reservedUntil(it.untilMillis()));
            case Said.Contact it -> {
                if (mutant.hearsOfContacts()) {
                    gate.consume(moment, id(it.request()), proposal(it.asked()), it.contactedMillis());
                }
            }
            case Said.NoContact it -> {
                if (mutant.hearsOfNoContact()) {
                    gate.release(moment, id(it.request()));
                }
            }
            case Said.Zone it -> zone = it.zone();
            case Said.Question it -> {
                return mutant.answer(gate.ask(moment, proposal(it.asked())));
            }
        }
        return null;
    }

    private static EffectId id(int request) {
        return new EffectId(CUSTOMER, request, 0);
    }

    private Proposal proposal(Declared.Asked asked) {
        return new Proposal(
                mutant.purpose(asked.purpose()), asked.channel(), List.of(), mutant.isApproved(asked.isApproved()));
    }
}
