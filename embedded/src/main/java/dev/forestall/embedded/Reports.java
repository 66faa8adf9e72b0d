package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.StateView;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.ReportError;
import java.util.Optional;

/**
 * Holds reports against the record: only what was said can be reported on. Looks at what is committed, for nothing else has left the host.
 * Any thread may ask.
 */
final class Reports {

    private final StateView store;

    Reports(StateView store) {
        this.store = store;
    }

    /** What came of a look at the record. */
    sealed interface Answer {}

    /** A report that says of what it is about what the record does. */
    record Complete(Report report) implements Answer {}

    /** It cannot be used. */
    record Refused(Rejected rejected) implements Answer {}

    /** @param definition in force */
    Answer complete(Report report, Definition definition) {
        return switch (report) {
            case Report.OfRequest about -> ofRequest(about);
            case Report.OfDecision about -> of(about, about.decision(), "decision", Effect.Decided.class);
            case Report.OfAlert about -> of(about, about.alert(), "alert", Effect.AlertChanged.class);
            case Report.Requested requested
            when definition
                    .requests()
                    .action(requested.action())
                    .filter(action -> !action.isShown())
                    .isEmpty() ->
                new Refused(new Rejected(
                        ReportError.UNKNOWN_ACTION,
                        "action",
                        "'" + requested.action() + "' is not declared, or is only shown to those who ask"));
            case Report.OfCustomer about -> new Complete(about);
            case Report.KillSwitch stop -> new Complete(stop);
        };
    }

    private Answer ofRequest(Report.OfRequest report) {
        return switch (find(report.request().id()).orElse(null)) {
            case null -> unknown("request", report.request().id());
            case Effect.ActionRequested requested ->
                // The channel that was permitted may be another one than the first that was requested.
                new Complete(report.about(
                        requested.request().reported(report.request().channel())));
            case Effect other -> otherKind("request", other);
        };
    }

    private Answer of(Report report, EffectId id, String what, Class<? extends Effect> kind) {
        Optional<Effect> known = find(id);
        if (known.isEmpty()) {
            return unknown(what, id);
        }
        return kind.isInstance(known.get()) ? new Complete(report) : otherKind(what, known.get());
    }

    private Optional<Effect> find(EffectId id) {
        return store.effect(id.position(), Keys.of(id.subject()), id.index()).map(EffectCodec::read);
    }

    private static Refused unknown(String what, EffectId id) {
        return new Refused(new Rejected(
                ReportError.UNKNOWN_EFFECT,
                what,
                "no effect " + id.index() + " of input " + id.position() + " is kept"));
    }

    private static Refused otherKind(String what, Effect effect) {
        return new Refused(new Rejected(
                ReportError.OTHER_KIND,
                what,
                "effect " + effect.id().index() + " of input " + effect.id().position() + " is "
                        + effect.getClass().getSimpleName()));
    }
}
