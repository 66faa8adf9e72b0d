package dev.forestall.loop.gate;

import dev.forestall.loop.event.Draw;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.expression.Words;
import dev.forestall.loop.gate.GateAnswer.Deferred;
import dev.forestall.loop.gate.GateAnswer.Refused;
import dev.forestall.loop.gate.GateRules.ConsentRule;
import dev.forestall.loop.gate.GateRules.SuppressionRule;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gate stage. Immutable. */
public final class Gate implements GateState {

    private final GateRules rules;
    private final Slot<Consents> consents;
    private final Slot<Suppressions> suppressions;
    private final Slot<Contacts> contacts;
    private final Slot<Preferences> preferences;

    public Gate(GateRules rules, Slots slots) {
        this.rules = rules;
        this.consents = slots.next("gate/consents", Consents.MEMORY);
        this.suppressions = slots.next("gate/suppressions", Suppressions.MEMORY);
        this.contacts = slots.next("gate/contacts", Contacts.MEMORY);
        this.preferences = slots.next("gate/preferences", Preferences.MEMORY);
    }

    public GateRules rules() {
        return rules;
    }

    @Override
    public GateAnswer ask(Moment moment, Proposal proposal) {
        return ask(moment, proposal, (EffectId) null);
    }

    /** @param own the request that is asked about, if it counts already */
    private GateAnswer ask(Moment moment, Proposal proposal, @Nullable EffectId own) {
        Optional<Refused> refused = objection(moment, proposal).or(() -> suppression(moment, proposal));
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<GateAnswer> closed = closed(moment, proposal);
        if (closed.isPresent() && closed.get().isRefused()) {
            return closed.get();
        }
        // Whoever waits until morning is not to be told then that they waited for nothing.
        long goesOutMillis =
                closed.map(answer -> ((Deferred) answer).untilMillis()).orElse(moment.nowMillis());
        Optional<Refused> capped = cap(moment, proposal, own, goesOutMillis);
        if (capped.isPresent()) {
            return capped.get();
        }
        if (proposal.purpose().decidedByPerson() && !proposal.isApproved()) {
            return new Deferred(Cells.NEVER, GateRule.PERSON, proposal.purpose().name());
        }
        return closed.orElse(GateAnswer.ALLOWED);
    }

    @Override
    public Way ask(Moment moment, Proposal proposal, List<String> channels) {
        return best(moment, null, proposal, channels);
    }

    @Override
    public Way askAgain(Moment moment, EffectId request, Proposal proposal, List<String> channels) {
        return best(moment, request, proposal, channels);
    }

    private Way best(Moment moment, @Nullable EffectId own, Proposal proposal, List<String> channels) {
        Way best = null;
        for (String channel : channels) {
            Proposal on = proposal.on(channel);
            Way way = new Way(on, ask(moment, on, own));
            if (best == null || waits(way.answer()) < waits(best.answer())) {
                best = way;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("the gate is asked about no channel");
        }
        return best;
    }

    /** For comparison: {@link Long#MIN_VALUE} for what is allowed, {@link Long#MAX_VALUE} for what is refused. */
    private static long waits(GateAnswer answer) {
        return switch (answer) {
            case GateAnswer.Allowed allowed -> Long.MIN_VALUE;
            case Deferred deferred -> Math.min(deferred.untilMillis(), Long.MAX_VALUE - 1);
            case Refused refused -> Long.MAX_VALUE;
        };
    }

    private Optional<Refused> objection(Moment moment, Proposal proposal) {
        Purpose purpose = proposal.purpose();
        if (!purpose.needsConsent() && !purpose.respectsOptOut()) {
            return Optional.empty();
        }
        Consents said = moment.cells().find(consents, "");
        Consent standing = said == null
                ? null
                : said.standing(purpose.name(), proposal.channel()).orElse(null);
        if (standing != null && !standing.isGiven() && purpose.respectsOptOut()) {
            return Optional.of(new Refused(GateRule.OPT_OUT, scope(standing.purpose(), standing.channel())));
        }
        boolean agrees = standing != null && standing.isGiven() && moment.nowMillis() < standing.untilMillis();
        return purpose.needsConsent() && !agrees
                ? Optional.of(new Refused(GateRule.CONSENT, scope(purpose.name(), proposal.channel())))
                : Optional.empty();
    }

    private static String scope(String purpose, String channel) {
        return (purpose.isEmpty() ? "any purpose" : purpose) + (channel.isEmpty() ? "" : " by " + channel);
    }

    private Optional<Refused> suppression(Moment moment, Proposal proposal) {
        Suppressions known = moment.cells().find(suppressions, "");
        return known == null
                ? Optional.empty()
                : known.all.stream()
                        .filter(each -> each.holds(proposal.channel(), moment.nowMillis()))
                        .findFirst()
                        .map(each -> new Refused(
                                GateRule.SUPPRESSED,
                                each.cause() + (each.channel().isEmpty() ? "" : " by " + each.channel())));
    }

    /** What quiet hours and the calendar say: it waits, or is refused because the calendar does not open. */
    private Optional<GateAnswer> closed(Moment moment, Proposal proposal) {
        Calendar calendar =
                rules.calendar() != null && rules.calendar().concerns(proposal.channel()) ? rules.calendar() : null;
        if (proposal.purpose().ignoresQuiet() || rules.quiet() == null && calendar == null) {
            return Optional.empty();
        }
        ZoneId zone = zone(moment);
        OpenTimes times = new OpenTimes(zone, rules.quiet(), calendar);
        long now = moment.nowMillis();
        long opens = times.opens(now);
        if (opens == now) {
            return Optional.empty();
        }
        if (opens == OpenTimes.NONE) {
            String name = calendar == null ? "quiet hours" : calendar.name();
            return Optional.of(new Refused(GateRule.CALENDAR, name + " does not open within 400 days"));
        }
        // Not all leave at once, and nobody leaves after it has closed again.
        long released = times.closes(opens, opens + rules.releaseMillis());
        double draw = Draw.of("release", moment.subject().key(), Long.toString(opens));
        long until = opens + (long) (draw * (released - opens));
        return Optional.of(
                times.isQuiet(now)
                        ? new Deferred(until, GateRule.QUIET, rules.quiet() + " " + zone.getId())
                        : new Deferred(until, GateRule.CALENDAR, name(calendar) + " " + zone.getId()));
    }

    private static String name(@Nullable Calendar calendar) {
        return calendar == null ? "" : calendar.name();
    }

    @Override
    public ZoneId zone(Moment moment) {
        Words words = rules.zone();
        String declared = words == null ? null : words.value(moment);
        return known(declared)
                .or(() -> stated(moment).flatMap(Preferences::zone).flatMap(Gate::known))
                .orElse(rules.zoneElse());
    }

    private static Optional<ZoneId> known(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String language(Moment moment) {
        return stated(moment).flatMap(Preferences::language).orElse("");
    }

    @Override
    public Optional<String> preferred(Moment moment, String purpose) {
        return stated(moment).flatMap(known -> known.channel(purpose));
    }

    private Optional<Preferences> stated(Moment moment) {
        return Optional.ofNullable(moment.cells().find(preferences, ""));
    }

    private Optional<Refused> cap(Moment moment, Proposal proposal, @Nullable EffectId own, long atMillis) {
        Contacts known =
                proposal.purpose().ignoresCaps() ? null : moment.cells().find(contacts, "");
        boolean isInHistory = !moment.receipt().isLive();
        return known == null
                ? Optional.empty()
                : rules.caps().stream()
                        .filter(cap -> cap.counts(proposal.purpose().name(), proposal.channel()))
                        .filter(cap -> known.count(cap, atMillis, isInHistory, own) >= cap.times())
                        .findFirst()
                        .map(cap -> new Refused(GateRule.CAP, cap.inWords()));
    }

    @Override
    public void reserve(Moment moment, EffectId request, Proposal proposal, long untilMillis) {
        if (untilMillis == Cells.NEVER) {
            throw new IllegalArgumentException("the reservation for " + request + " has no end");
        }
        put(moment, request, proposal, moment.nowMillis(), untilMillis, false);
    }

    @Override
    public void consume(Moment moment, EffectId request, Proposal proposal, long atMillis) {
        put(moment, request, proposal, atMillis, Cells.NEVER, false);
    }

    @Override
    public void assume(Moment moment, EffectId request, Proposal proposal) {
        put(moment, request, proposal, moment.nowMillis(), Cells.NEVER, true);
    }

    private void put(
            Moment moment,
            EffectId request,
            Proposal proposal,
            long atMillis,
            long reservedUntilMillis,
            boolean isAssumed) {
        release(moment, request);
        String purpose = proposal.purpose().name();
        if (proposal.purpose().ignoresCaps()
                || rules.caps().stream().noneMatch(cap -> cap.counts(purpose, proposal.channel()))) {
            return;
        }
        moment.cells()
                .open(contacts, "")
                .put(new Contacts.Contact(
                        request, purpose, proposal.channel(), atMillis, reservedUntilMillis, isAssumed));
        forgetObsolete(moment);
    }

    @Override
    public void release(Moment moment, EffectId request) {
        Contacts known = moment.cells().find(contacts, "");
        if (known != null && known.remove(request)) {
            forgetObsolete(moment);
        }
    }

    private void forgetObsolete(Moment moment) {
        Contacts known = moment.cells().open(contacts, "");
        known.forgetObsolete(rules.caps(), moment.nowMillis());
        moment.cells().wake(contacts, "", known.nextObsolete(rules.caps()));
    }

    @Override
    public void rename(Moment moment, EffectId request, EffectId newId) {
        Contacts known = moment.cells().find(contacts, "");
        if (known != null) {
            known.rename(request, newId);
        }
    }

    @Override
    public void say(Moment moment, Consent consent) {
        moment.cells().open(consents, "").add(consent);
    }

    @Override
    public void suppress(Moment moment, String channel, String cause, long atMillis, long forMillis) {
        if (atMillis + forMillis > moment.nowMillis()) {
            Suppressions known = moment.cells().open(suppressions, "");
            known.add(new Suppressions.Suppression(channel, cause, atMillis, atMillis + forMillis));
            moment.cells().wake(suppressions, "", known.nextEnd());
        }
    }

    /** What was reported about the customer of the moment, or what they did with what had reached them. Packs need not declare any of it. */
    public void reported(Moment moment, Report report) {
        switch (report) {
            case Report.Consented said -> say(moment, consent(moment, said));
            case Report.Preferred preferred ->
                moment.cells()
                        .open(preferences, "")
                        .channel(preferred.purpose(), preferred.channel(), preferred.atMillis());
            case Report.ZoneKnown known -> moment.cells().open(preferences, "").zone(known.zone(), known.atMillis());
            case Report.LanguageKnown known ->
                moment.cells().open(preferences, "").language(known.language(), known.atMillis());
            case Report.Unsubscribed unsubscribed -> object(moment, unsubscribed);
            case Report.Complained complained -> object(moment, complained);
            case Report.OfRequest about -> {}
            case Report.OfCustomer about -> {}
            case Report.OfDecision about -> {}
            case Report.OfAlert about -> {}
            case Report.KillSwitch stop -> {}
        }
    }

    private static Consent consent(Moment moment, Report.Consented said) {
        Consent consent = said.isGiven()
                ? Consent.given(
                        said.purpose(),
                        said.channel(),
                        said.atMillis(),
                        said.untilMillis(),
                        said.head().by(),
                        moment.position())
                : Consent.withdrawn(
                        said.purpose(),
                        said.channel(),
                        said.atMillis(),
                        said.head().by(),
                        moment.position());
        return said.isTimeKnown() ? consent : consent.atUnknownTime(said.atMillis());
    }

    /** Whoever wants no more of something objects to its purpose on its channel. */
    private void object(Moment moment, Report.OfRequest report) {
        say(
                moment,
                Consent.withdrawn(
                        report.request().purpose(),
                        report.request().channel(),
                        report.atMillis(),
                        report.head().by(),
                        moment.position()));
    }

    /** What the pack's events say about consent, and what they suppress. */
    public void after(Moment moment, Event event) {
        if (!moment.subject().isCustomer()) {
            return;
        }
        for (ConsentRule each : rules.consents()) {
            if (each.of().concerns(event.type()) && each.of().matches(event, moment)) {
                statement(moment, event, each).ifPresent(consent -> say(moment, consent));
            }
        }
        for (SuppressionRule each : rules.suppressions()) {
            if (each.of().concerns(event.type()) && each.of().matches(event, moment)) {
                String channel = words(each.channel(), moment);
                suppress(moment, channel, event.type().name(), event.atMillis(), each.forMillis());
            }
        }
    }

    /** Who agrees to something that cannot be read has agreed to nothing; who objects to it objects to all. */
    private static Optional<Consent> statement(Moment moment, Event event, ConsentRule rule) {
        String purpose = words(rule.purpose(), moment);
        String channel = words(rule.channel(), moment);
        if (!rule.isGiven()) {
            return Optional.of(Consent.withdrawn(
                    purpose, channel, event.atMillis(), event.type().name(), moment.position()));
        }
        if (rule.purpose() != null && purpose.isEmpty() || rule.channel() != null && channel.isEmpty()) {
            return Optional.empty();
        }
        double until =
                rule.untilMillis() == null ? Double.NaN : rule.untilMillis().value(moment);
        return Optional.of(Consent.given(
                purpose,
                channel,
                event.atMillis(),
                Double.isNaN(until) ? Cells.NEVER : (long) until,
                event.type().name(),
                moment.position()));
    }

    private static String words(@Nullable Words words, Moment moment) {
        String value = words == null ? null : words.value(moment);
        return value == null ? "" : value;
    }

    /** Forgets contacts that no cap counts any more, and suppressions that are over. */
    public void due(Moment moment) {
        if (moment.cells().wakeOf(contacts, "") <= moment.atMillis()) {
            forgetObsolete(moment);
        }
        if (moment.cells().wakeOf(suppressions, "") <= moment.atMillis()) {
            Suppressions known = moment.cells().open(suppressions, "");
            known.all.removeIf(each -> each.untilMillis() <= moment.atMillis());
            moment.cells().wake(suppressions, "", known.nextEnd());
        }
    }

    /** What the customer of the moment has said about being contacted, with the proofs. For people who look. */
    public List<Consent> said(Moment moment) {
        Consents said = moment.cells().find(consents, "");
        return said == null ? List.of() : said.all();
    }
}
