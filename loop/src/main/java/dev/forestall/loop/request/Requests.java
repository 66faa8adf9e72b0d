package dev.forestall.loop.request;

import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.Requesting;
import dev.forestall.loop.action.Withdrawal;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Message.Addressed;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.gate.Assignments;
import dev.forestall.loop.gate.Gate;
import dev.forestall.loop.gate.GateAnswer;
import dev.forestall.loop.gate.GateAnswer.Deferred;
import dev.forestall.loop.gate.GateAnswer.Refused;
import dev.forestall.loop.gate.GateRule;
import dev.forestall.loop.gate.GateState.Way;
import dev.forestall.loop.gate.Proposal;
import dev.forestall.loop.gate.Proposal.Use;
import dev.forestall.loop.gate.Purpose;
import dev.forestall.loop.gate.Resource;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.Reported;
import dev.forestall.loop.signal.Signals;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import dev.forestall.loop.trigger.Trigger;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The request stage: says when what was requested may be sent, and follows what becomes of it. Immutable. */
public final class Requests {

    /** For so long after it has begun, a workflow is taken back when there is no reason for it any more. */
    private static final long WORKFLOW_MILLIS = 30 * 86_400_000L;

    private final SortedMap<String, Action> actions = new TreeMap<>();
    private final Signals signals;
    private final Gate gate;
    private final Assignments assignments;
    private final Requesting requesting;
    private final Resources resources;
    private final Slot<OpenRequests> slot;

    /**
     * @param actions all that can be done
     * @param signals in whose journeys requests can end
     * @param gate that says whether the customer may be reached
     * @param assignments who is in the universal control group
     * @param resources of which there is only so much
     */
    public Requests(
            List<Action> actions,
            Signals signals,
            Gate gate,
            Assignments assignments,
            List<Resource> resources,
            Slots slots) {
        actions.forEach(action -> this.actions.put(action.name(), action));
        this.signals = signals;
        this.gate = gate;
        this.assignments = assignments;
        this.requesting = new Requesting(gate);
        this.resources = new Resources(resources, slots);
        this.slot = slots.next("requests/open", OpenRequests.MEMORY);
    }

    /** Whether customers have to ask for what they need of scarce resources. */
    public boolean haveResources() {
        return !resources.areNone();
    }

    /** All that can be done, by its name. */
    public Optional<Action> action(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    /** Takes back what there is no reason for any more, and opens what the moment has brought. */
    public void after(Moment moment, RequestFindings findings) {
        OpenRequests known = moment.cells().find(slot, "");
        if (known != null) {
            for (OpenRequest each : known.all) {
                String gone = gone(each, findings);
                if (!gone.isEmpty() && (each.stage.isOpen() || each.stage.isOut())) {
                    withdraw(moment, each, gone, moment.atMillis(), findings);
                }
            }
            remind(moment, known);
        }
        for (ActionRequest request : findings.requests()) {
            if (request.isLive()) {
                open(moment, request, findings);
            }
        }
    }

    /** Why there is no reason for a request any more; empty when there is. */
    private String gone(OpenRequest open, RequestFindings findings) {
        boolean isByCause = open.withdrawWhen.equals(Withdrawal.STANDARD.text());
        for (Trigger each : findings.triggers()) {
            EffectId began = began(each);
            String name = each.name().text();
            boolean isIt = isByCause ? open.cause.equals(began) : open.withdrawWhen.equals(Withdrawal.ends(name));
            if (began != null && isIt) {
                return name + (each.change() instanceof Trigger.Change.Ended ? " ended" : " withdrawn");
            }
        }
        return isByCause ? ended(open, findings) : "";
    }

    /** The effect that told of what is over now; null when it has only begun. */
    private static @Nullable EffectId began(Trigger trigger) {
        return switch (trigger.change()) {
            case Trigger.Change.Began began -> null;
            case Trigger.Change.Ended ended -> ended.began();
            case Trigger.Change.Withdrawn withdrawn -> withdrawn.began();
        };
    }

    /** The end of the run that it is about. */
    private String ended(OpenRequest open, RequestFindings findings) {
        for (Transition each : findings.transitions()) {
            if (each.kind().isEnd()
                    && each.journeyKey().equals(open.journeyKey)
                    && signals.isWithin(open.on, each.journey())) {
                return "journey " + each.journey() + " "
                        + each.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            }
        }
        return "";
    }

    private void withdraw(Moment moment, OpenRequest open, String cause, long atMillis, RequestFindings findings) {
        RequestStage was = open.stage;
        if (was.isOpen()) {
            release(moment, open, findings);
        }
        open.stage = RequestStage.WITHDRAWN;
        open.gone = cause;
        findings.changes().add(new RequestChange.Withdrawn(moment.nextEffect(), open.ref(), atMillis, cause, was));
    }

    private void open(Moment moment, ActionRequest request, RequestFindings findings) {
        OpenRequest open = OpenRequest.of(request);
        OpenRequests known = moment.cells().open(slot, "");
        if (!known.add(open)) {
            gate.release(moment, open.id);
            findings.changes()
                    .add(new RequestChange.Refused(
                            moment.nextEffect(),
                            open.ref(),
                            moment.nowMillis(),
                            GateRule.CAP,
                            "at most " + OpenRequests.MAX + " open requests"));
        } else {
            Action action = actions.get(open.action);
            GateAnswer answer = action == null
                    ? GateAnswer.ALLOWED
                    : inTime(ask(moment, open, action), open.expiresMillis).answer();
            switch (answer) {
                case GateAnswer.Allowed allowed -> {}
                case Deferred deferred -> {
                    if (deferred.isUntilTold()) {
                        hold(moment, open, deferred, moment.nowMillis(), findings);
                    } else {
                        open.stage = RequestStage.DEFERRED;
                        open.rule = deferred.rule().key();
                        open.value = deferred.value();
                    }
                }
                case Refused refused -> refuse(moment, open, refused, moment.nowMillis(), findings);
            }
        }
        remind(moment, known);
    }

    private void remind(Moment moment, OpenRequests known) {
        moment.cells().wake(slot, "", known.next());
    }

    /** Somebody has reported on a request, or asks for something. */
    public void reported(Moment moment, Report report, RequestFindings findings) {
        switch (report) {
            case Report.OfRequest about -> reportedOn(moment, about, findings);
            case Report.Requested requested -> request(moment, requested, findings);
            case Report.OfCustomer about -> {}
            case Report.OfDecision about -> {}
            case Report.OfAlert about -> {}
            case Report.KillSwitch stop -> {}
        }
    }

    private void reportedOn(Moment moment, Report.OfRequest report, RequestFindings findings) {
        switch (report) {
            case Report.Due due -> due(moment, due, findings);
            case Report.Approved approved -> approved(moment, approved, findings);
            case Report.Withdrawn withdrawn -> withdrawn(moment, withdrawn, findings);
            case Report.Sent sent -> moved(moment, sent, RequestStage.SENT, sent.provider(), findings);
            case Report.Delivered delivered ->
                moved(moment, delivered, RequestStage.DELIVERED, delivered.provider(), findings);
            case Report.Uncertain uncertain ->
                moved(moment, uncertain, RequestStage.UNCERTAIN, uncertain.reason(), findings);
            case Report.Failed failed -> moved(moment, failed, RequestStage.FAILED, failed.reason(), findings);
            case Report.NotSent not -> notSent(moment, not, findings);
            case Report.CaseDone done -> done(moment, done);
            case Report.Opened opened -> {}
            case Report.Clicked clicked -> {}
            case Report.Replied replied -> {}
            case Report.Unsubscribed unsubscribed -> {}
            case Report.Complained complained -> {}
            case Report.CaseClaimed claimed -> {}
        }
    }

    /** A request is due: it is permitted, or it is said why not. Never silence, and never a second permit beside a valid one. */
    private void due(Moment moment, Report.Due due, RequestFindings findings) {
        long at = due.atMillis();
        OpenRequest open = known(moment, due, findings);
        if (open == null) {
            return;
        }
        if (!open.stage.isOpen()) {
            stands(moment, open, at, findings);
        } else if (open.hasPermit(at)) {
            stands(moment, open, at, findings);
        } else if (at >= open.expiresMillis) {
            expire(moment, open, at, findings);
        } else if (open.stage == RequestStage.DEFERRED && at < open.dueMillis) {
            findings.changes()
                    .add(new RequestChange.Deferred(
                            moment.nextEffect(), open.ref(), at, open.dueMillis, GateRule.of(open.rule), open.value));
        } else {
            decide(moment, open, at, findings);
        }
        remind(moment, moment.cells().open(slot, ""));
    }

    private void decide(Moment moment, OpenRequest open, long at, RequestFindings findings) {
        Action action = actions.get(open.action);
        if (action == null) {
            withdraw(moment, open, "the pack has no action " + open.action + " any more", at, findings);
            return;
        }
        OpenRequest ahead = ahead(moment, open);
        if (ahead != null) {
            release(moment, open, findings);
            open.stage = RequestStage.OUTBID;
            findings.changes().add(new RequestChange.Outbid(moment.nextEffect(), open.ref(), at, ahead.ref()));
            return;
        }
        Way way = ask(moment, open, action);
        switch (way.answer()) {
            case GateAnswer.Allowed allowed -> {
                List<Use> missing = missing(open, action, at);
                if (missing.isEmpty()) {
                    permit(moment, open, way.proposal(), at, findings);
                } else {
                    claim(moment, open, missing, at, findings);
                }
            }
            case Deferred deferred -> {
                if (deferred.isUntilTold()) {
                    hold(moment, open, deferred, at, findings);
                } else {
                    defer(moment, open, deferred, at, findings);
                }
            }
            case Refused refused -> refuse(moment, open, refused, at, findings);
        }
    }

    /** What the gate says by now. What is reserved for the request itself does not stand in its way. */
    private Way ask(Moment moment, OpenRequest open, Action action) {
        moment.focus(open.journeyKey.isEmpty() ? null : open.journeyKey);
        Way way = requesting.askAgain(moment, action, open.id, open.isApproved);
        moment.focus(null);
        return control(moment, action, way);
    }

    /** Whoever is in the control group is not contacted, whoever wants it and whenever they came to be in it. */
    private Way control(Moment moment, Action action, Way way) {
        return assignments.isControl(moment) && !assignments.control().isExempt(action.purpose())
                ? new Way(
                        way.proposal(),
                        new Refused(GateRule.CONTROL, action.purpose().name()))
                : way;
    }

    /**
     * A request that is due at the very same instant and has a higher priority, if it goes out. When each was decided, nobody knew that they
     * would be let go together.
     */
    private @Nullable OpenRequest ahead(Moment moment, OpenRequest open) {
        if (!isBidding(open)) {
            return null;
        }
        for (OpenRequest each : moment.cells().open(slot, "").all) {
            Action action = actions.get(each.action);
            if (each != open
                    && isBidding(each)
                    && each.dueMillis == open.dueMillis
                    && each.priority > open.priority
                    && action != null
                    && (each.stage == RequestStage.PERMITTED
                            || each.stage.isOut()
                            || each.stage.isOpen()
                                    && ask(moment, each, action).answer().isAllowed())) {
                return each;
            }
        }
        return null;
    }

    /** What people ask for, and what the law demands, bids for nothing. */
    private boolean isBidding(OpenRequest open) {
        Action action = actions.get(open.action);
        return open.isProactive && action != null && !action.purpose().ignoresCaps();
    }

    private void permit(Moment moment, OpenRequest open, Proposal proposal, long at, RequestFindings findings) {
        gate.reserve(moment, open.id, proposal, open.expiresMillis);
        open.stage = RequestStage.PERMITTED;
        open.channel = proposal.channel();
        open.validUntilMillis = at + Permit.VALID_MILLIS;
        open.attempts++;
        findings.permits().add(new Permit(moment.nextEffect(), open.ref(), open.channel, at, open.attempts));
    }

    private void hold(Moment moment, OpenRequest open, Deferred deferred, long at, RequestFindings findings) {
        open.stage = RequestStage.HELD;
        open.rule = deferred.rule().key();
        findings.changes()
                .add(new RequestChange.Held(moment.nextEffect(), open.ref(), at, deferred.rule(), deferred.value()));
    }

    private void defer(Moment moment, OpenRequest open, Deferred deferred, long at, RequestFindings findings) {
        if (deferred.untilMillis() >= open.expiresMillis) {
            refuse(moment, open, tooLate(deferred), at, findings);
            return;
        }
        open.stage = RequestStage.DEFERRED;
        open.dueMillis = deferred.untilMillis();
        open.rule = deferred.rule().key();
        open.value = deferred.value();
        findings.changes()
                .add(new RequestChange.Deferred(
                        moment.nextEffect(),
                        open.ref(),
                        at,
                        deferred.untilMillis(),
                        deferred.rule(),
                        deferred.value()));
    }

    private void refuse(Moment moment, OpenRequest open, Refused refused, long at, RequestFindings findings) {
        release(moment, open, findings);
        open.stage = RequestStage.REFUSED;
        findings.changes()
                .add(new RequestChange.Refused(moment.nextEffect(), open.ref(), at, refused.rule(), refused.value()));
    }

    /** What was kept for it is free for others. */
    private void release(Moment moment, OpenRequest open, RequestFindings findings) {
        gate.release(moment, open.id);
        open.grants.keySet().forEach(resource -> giveBack(resource, open.id.toString(), moment, findings));
        open.grants.clear();
    }

    private static void giveBack(String resource, String claim, Moment moment, RequestFindings findings) {
        findings.messages()
                .add(new Addressed(
                        SubjectId.resource(resource), new Message.Claim(resource, claim, 0, moment.nowMillis())));
    }

    /** What it needs of scarce resources and has not been granted. */
    private List<Use> missing(OpenRequest open, Action action, long at) {
        if (resources.areNone() || action.uses().isEmpty()) {
            return List.of();
        }
        return action.uses().stream()
                .filter(each -> resources.find(each.resource()) != null)
                .filter(each -> open.grants.getOrDefault(each.resource(), Long.MIN_VALUE) <= at)
                .toList();
    }

    /** Asks for what is missing. Only the resource knows what is left of it, and it answers at the next tick. */
    private void claim(Moment moment, OpenRequest open, List<Use> missing, long at, RequestFindings findings) {
        for (Use each : missing) {
            findings.messages()
                    .add(new Addressed(
                            SubjectId.resource(each.resource()),
                            new Message.Claim(each.resource(), open.id.toString(), each.amount(), at)));
        }
        Resource first =
                Objects.requireNonNull(resources.find(missing.getFirst().resource()));
        hold(moment, open, new Deferred(Cells.NEVER, GateRule.CAPACITY, first.inWords()), at, findings);
    }

    /** Another subject has told something about a resource. */
    public void received(Moment moment, SubjectId from, Message message, RequestFindings findings) {
        if (message instanceof Message.Claim claim) {
            resources.received(moment, from, claim, findings.messages());
        } else if (message instanceof Message.Grant grant) {
            answered(moment, grant, findings);
        }
    }

    /** A resource has answered: the request is due when it has all that it needs, and waits for the next period when it has not. */
    private void answered(Moment moment, Message.Grant grant, RequestFindings findings) {
        OpenRequests known = moment.cells().find(slot, "");
        OpenRequest open = known == null ? null : known.claiming(grant.claim());
        Action action = open == null ? null : actions.get(open.action);
        if (open == null || action == null || !open.stage.isOpen()) {
            if (grant.isGranted()) {
                giveBack(grant.resource(), grant.claim(), moment, findings);
            }
            return;
        }
        boolean isWaiting = open.stage == RequestStage.HELD && open.rule.equals(GateRule.CAPACITY.key());
        if (grant.isGranted()) {
            open.grants.put(grant.resource(), grant.untilMillis());
            if (isWaiting && missing(open, action, moment.nowMillis()).isEmpty()) {
                open.stage = RequestStage.REQUESTED;
                findings.changes()
                        .add(new RequestChange.Resumed(
                                moment.nextEffect(), open.ref(), moment.nowMillis(), "resource:" + grant.resource()));
            }
        } else if (isWaiting) {
            String value =
                    Objects.requireNonNull(resources.find(grant.resource())).inWords();
            List.copyOf(open.grants.keySet()).forEach(resource -> giveBack(resource, grant.claim(), moment, findings));
            open.grants.clear();
            defer(
                    moment,
                    open,
                    new Deferred(grant.untilMillis(), GateRule.CAPACITY, value),
                    moment.nowMillis(),
                    findings);
        }
        remind(moment, moment.cells().open(slot, ""));
    }

    private void expire(Moment moment, OpenRequest open, long at, RequestFindings findings) {
        release(moment, open, findings);
        open.stage = RequestStage.EXPIRED;
        findings.changes().add(new RequestChange.Expired(moment.nextEffect(), open.ref(), at));
    }

    private static void stands(Moment moment, OpenRequest open, long at, RequestFindings findings) {
        String detail = open.stage == RequestStage.PERMITTED
                ? "valid until " + Instant.ofEpochMilli(open.validUntilMillis)
                : open.gone;
        findings.changes().add(new RequestChange.Stands(moment.nextEffect(), open.ref(), at, open.stage, detail));
    }

    /** A person has approved it: it is due. */
    private void approved(Moment moment, Report.Approved approved, RequestFindings findings) {
        OpenRequest open = known(moment, approved, findings);
        if (open == null) {
            return;
        }
        open.isApproved |= open.stage.isOpen();
        if (open.stage == RequestStage.HELD) {
            open.stage = RequestStage.REQUESTED;
            open.dueMillis = Math.max(open.dueMillis, approved.atMillis());
            findings.changes()
                    .add(new RequestChange.Resumed(
                            moment.nextEffect(),
                            open.ref(),
                            approved.atMillis(),
                            approved.head().by()));
        } else {
            stands(moment, open, approved.atMillis(), findings);
        }
        remind(moment, moment.cells().open(slot, ""));
    }

    /** A person or a workflow takes it back. */
    private void withdrawn(Moment moment, Report.Withdrawn withdrawn, RequestFindings findings) {
        OpenRequest open = known(moment, withdrawn, findings);
        if (open == null) {
            return;
        }
        if (open.stage.isOpen() || open.stage.isOut()) {
            withdraw(moment, open, by(withdrawn), withdrawn.atMillis(), findings);
        } else {
            stands(moment, open, withdrawn.atMillis(), findings);
        }
        remind(moment, moment.cells().open(slot, ""));
    }

    private static String by(Report.Withdrawn withdrawn) {
        return "by " + withdrawn.head().by() + (withdrawn.reason().isEmpty() ? "" : ": " + withdrawn.reason());
    }

    /** A channel says what became of it. What has happened is recorded, whatever was to happen. */
    private void moved(
            Moment moment, Report.OfRequest report, RequestStage stage, String detail, RequestFindings findings) {
        Reported about = report.request();
        OpenRequest open = find(moment, about);
        if (open == null) {
            // It is forgotten, or was made when the customer's past was another one: what is known of it is enough for
            // caps.
            count(moment, about.id(), about.action(), about.purpose(), about.channel(), stage, report.atMillis());
            return;
        }
        String channel = about.channel().isEmpty() ? open.channel : about.channel();
        boolean isMoved = open.hears(stage, report.atMillis());
        count(moment, open.id, open.action, open.purpose, channel, open.stage, open.outMillis);
        if (isMoved) {
            open.channel = channel;
            open.forgetMillis = Math.max(open.expiresMillis, report.atMillis() + takenBackWithin(open));
            findings.changes()
                    .add(new RequestChange.Moved(
                            moment.nextEffect(), open.ref(), report.atMillis(), open.stage, channel, detail));
            if (!open.gone.isEmpty() && open.stage.isOut()) {
                // It had been taken back while it was under way.
                withdraw(moment, open, open.gone, report.atMillis(), findings);
            }
        }
        remind(moment, moment.cells().open(slot, ""));
    }

    private long takenBackWithin(OpenRequest open) {
        Action action = actions.get(open.action);
        return action != null && action.kind().equals("workflow") ? WORKFLOW_MILLIS : 0;
    }

    /** What reached the customer, or may have, counts in caps; what has certainly not does not. */
    private void count(
            Moment moment,
            EffectId request,
            String action,
            String purpose,
            String channel,
            RequestStage stage,
            long atMillis) {
        if (stage == RequestStage.FAILED) {
            gate.release(moment, request);
        } else if (stage.isOut()) {
            gate.consume(moment, request, new Proposal(purpose(action, purpose), channel), atMillis);
        }
    }

    /** What it was for, as it is declared now. Of one that is declared no more, each counts. */
    private Purpose purpose(String action, String name) {
        Action declared = actions.get(action);
        return declared != null && declared.purpose().name().equals(name)
                ? declared.purpose()
                : new Purpose(name.isEmpty() ? action : name, 0, false, true, false, false, false);
    }

    /** A permit was not used: it can be due again. */
    private void notSent(Moment moment, Report.NotSent not, RequestFindings findings) {
        OpenRequest open = find(moment, not.request());
        if (open == null || open.stage != RequestStage.PERMITTED) {
            return;
        }
        release(moment, open, findings);
        open.stage = RequestStage.REQUESTED;
        open.validUntilMillis = Long.MIN_VALUE;
        findings.changes()
                .add(new RequestChange.Moved(
                        moment.nextEffect(),
                        open.ref(),
                        not.atMillis(),
                        RequestStage.REQUESTED,
                        open.channel,
                        not.reason()));
        remind(moment, moment.cells().open(slot, ""));
    }

    /** Nothing is under way any more that could be taken back. */
    private void done(Moment moment, Report.CaseDone done) {
        OpenRequest open = find(moment, done.request());
        if (open != null && open.stage.isOut()) {
            OpenRequests known = moment.cells().open(slot, "");
            known.all.remove(open);
            remind(moment, known);
        }
    }

    /** The request that somebody asks about; null when that has been answered. */
    private @Nullable OpenRequest known(Moment moment, Report.OfRequest report, RequestFindings findings) {
        Reported about = report.request();
        OpenRequest open = find(moment, about);
        if (open != null) {
            return open;
        }
        long at = report.atMillis();
        RequestRef ref = new RequestRef(about.id(), about.action(), about.journeyKey());
        if (!about.isLive()) {
            findings.changes()
                    .add(new RequestChange.Refused(
                            moment.nextEffect(), ref, at, GateRule.HISTORY, "nobody acts on what is past"));
            return null;
        }
        if (at >= about.expiresMillis()) {
            findings.changes()
                    .add(new RequestChange.Stands(
                            moment.nextEffect(), ref, at, RequestStage.EXPIRED, "expired before"));
            return null;
        }
        return adopted(moment, about, at, findings);
    }

    /** It was made when the customer's past was another one, and is theirs all the same. */
    private @Nullable OpenRequest adopted(Moment moment, Reported about, long at, RequestFindings findings) {
        Action action = actions.get(about.action());
        OpenRequest open =
                OpenRequest.of(about, action == null ? 0 : action.purpose().priority(), at);
        OpenRequests known = moment.cells().open(slot, "");
        if (known.add(open)) {
            return open;
        }
        findings.changes()
                .add(new RequestChange.Refused(
                        moment.nextEffect(),
                        open.ref(),
                        at,
                        GateRule.CAP,
                        "at most " + OpenRequests.MAX + " open requests"));
        return null;
    }

    private @Nullable OpenRequest find(Moment moment, Reported about) {
        OpenRequests known = moment.cells().find(slot, "");
        OpenRequest open = known == null ? null : known.find(about);
        if (open != null && !open.id.equals(about.id())) {
            // A past that was worked out anew calls it by the customer's name of now; outside it goes by the one of
            // then.
            gate.rename(moment, open.id, about.id());
            open.id = about.id();
        }
        return open;
    }

    /** What would wait for longer than it is of use is refused. */
    private static Way inTime(Way way, long expiresMillis) {
        return way.answer() instanceof Deferred deferred
                        && !deferred.isUntilTold()
                        && deferred.untilMillis() >= expiresMillis
                ? new Way(way.proposal(), tooLate(deferred))
                : way;
    }

    private static Refused tooLate(Deferred deferred) {
        return new Refused(deferred.rule(), deferred.value() + "; it expires before");
    }

    /** A person or a workflow wants something done: it goes through the same gate. */
    private void request(Moment moment, Report.Requested requested, RequestFindings findings) {
        Action action = actions.get(requested.action());
        if (action == null) {
            return;
        }
        moment.focus(requested.journeyKey().isEmpty() ? null : requested.journeyKey());
        Way way = inTime(
                control(moment, action, requesting.ask(moment, action)), moment.nowMillis() + action.expiresMillis());
        ActionRequest request = requesting.request(
                moment,
                action,
                way,
                new ActionRequest.Source.OfReport(requested.head().by(), requested.reason(), requested.repeats()),
                requested.journeyKey(),
                requested.atMillis(),
                action.purpose().priority(),
                Optional.empty());
        moment.focus(null);
        findings.requests().add(request);
        if (request.isLive()) {
            open(moment, request, findings);
        } else if (way.answer() instanceof Refused refused) {
            refuse(moment, OpenRequest.of(request), refused, requested.atMillis(), findings);
        }
    }

    /** What is due about requests: those whose time is over expire, those about which nobody asks any more are forgotten. */
    public void due(Moment moment, RequestFindings findings) {
        if (moment.cells().wakeOf(slot, "") > moment.atMillis()) {
            return;
        }
        OpenRequests known = moment.cells().open(slot, "");
        Iterator<OpenRequest> each = known.all.iterator();
        while (each.hasNext()) {
            OpenRequest open = each.next();
            if (open.stage.isOpen() && open.endsMillis() <= moment.atMillis()) {
                expire(moment, open, moment.atMillis(), findings);
            }
            if (!open.stage.isOpen() && open.forgetMillis <= moment.atMillis()) {
                each.remove();
            }
        }
        remind(moment, known);
    }
}
