package dev.forestall.acceptance.simulation;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.ActionRequest.Source;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.gate.GateRule;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.request.Permit;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.loop.signal.Signal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a loop says about requests against the text of the rules and all that was reported. It knows the rules of the town by heart:
 * two contacts within two days, one call within four, quiet hours from 21 to 8, letters need an approval and a clerk, of whom two letters in four hours
 * can be had, and whoever objects is left alone.
 */
final class RequestOracle {

    private static final long DAY = 86_400_000;

    /** All that was heard of one request. */
    private static final class Known {
        final ActionRequest request;
        final List<Long> permits = new ArrayList<>();
        final List<Report> reports = new ArrayList<>();
        String channel;
        boolean isApproved;
        boolean isHeld;
        boolean isNotSent;
        boolean isFinal;
        long untilMillis;
        /** When it asked for a clerk. */
        long claimedMillis = Long.MIN_VALUE;

        boolean isGranted;
        long requestedMillis;

        Known(ActionRequest request) {
            this.request = request;
            this.channel = request.reach().channels().getFirst();
            this.untilMillis = request.schedule().dueMillis();
        }

        boolean hasPermit(long at) {
            return !isNotSent && !permits.isEmpty() && at < permits.getLast() + Permit.VALID_MILLIS;
        }

        /** Whether it has reached the customer, or may have, by all reports; null when none has come. */
        @Nullable
        Boolean isOut() {
            Report end = null;
            boolean isUnderWay = false;
            for (Report each : reports) {
                boolean isEnd = each instanceof Report.Delivered || each instanceof Report.Failed;
                if (isEnd
                        && (end == null
                                || each.atMillis() > end.atMillis()
                                || each.atMillis() == end.atMillis() && each instanceof Report.Delivered)) {
                    end = each;
                }
                isUnderWay |= !isEnd;
            }
            return end != null ? Boolean.valueOf(end instanceof Report.Delivered) : isUnderWay ? Boolean.TRUE : null;
        }

        long outMillis() {
            return reports.stream()
                    .filter(each -> !(each instanceof Report.Failed))
                    .mapToLong(Report::atMillis)
                    .min()
                    .orElseThrow();
        }

        /** Whether it counts in a cap that looks back for some time. */
        boolean counts(long at, long withinMillis) {
            Boolean isOut = isOut();
            if (isOut != null) {
                return isOut && outMillis() > at - withinMillis;
            }
            return !isFinal
                    && !isNotSent
                    && at < request.schedule().expiresMillis()
                    && countedSinceMillis() > at - withinMillis;
        }

        private long countedSinceMillis() {
            return permits.isEmpty() ? requestedMillis : permits.getLast();
        }
    }

    private final Map<String, Known> requests = new TreeMap<>();
    private final Map<SubjectId, List<Report.Consented>> consents = new TreeMap<>();
    private long latestMillis = Long.MIN_VALUE;

    /** What is wrong about a step; empty for nothing. */
    String mistake(Desk.Step step, Map<String, Integer> answers) {
        String wrong = "";
        if (step.logged() instanceof Logged.Reported reported) {
            wrong = switch (reported.report()) {
                case Report.Due due -> due(due, step.effects(), answers);
                case Report.OfRequest about -> {
                    heard(about);
                    yield "";
                }
                case Report.Consented said -> {
                    consents.computeIfAbsent(said.customer(), each -> new ArrayList<>())
                            .add(said);
                    yield "";
                }
                default -> "";
            };
        }
        for (Effect effect : step.effects()) {
            if (step.logged() instanceof Logged.Arrived) {
                latestMillis = Math.max(latestMillis, effect.atMillis());
            }
            follow(effect);
        }
        return wrong.isEmpty() ? withdrawals(step) : wrong;
    }

    private void heard(Report.OfRequest report) {
        Known known = requests.get(report.request().id().toString());
        if (known == null) {
            return;
        }
        switch (report) {
            case Report.Sent sent -> known.reports.add(sent);
            case Report.Delivered delivered -> known.reports.add(delivered);
            case Report.Uncertain uncertain -> known.reports.add(uncertain);
            case Report.Failed failed -> known.reports.add(failed);
            case Report.NotSent not -> {
                boolean isUnused = known.isOut() == null && !known.isFinal && !known.permits.isEmpty();
                known.isNotSent |= isUnused;
                known.isGranted &= !isUnused;
            }
            case Report.Approved approved -> known.isApproved |= !known.isFinal;
            case Report.Withdrawn withdrawn -> known.isFinal = true;
            default -> {}
        }
        if (known.isOut() != null) {
            known.channel = report.request().channel();
        }
    }

    private void follow(Effect effect) {
        switch (effect) {
            case Effect.ActionRequested requested -> {
                Known known = new Known(requested.request());
                known.requestedMillis = requested.request().schedule().expiresMillis() - expires(requested.request());
                requests.put(requested.id().toString(), known);
            }
            case Effect.Permitted permitted -> {
                Known known = known(permitted.permit().request().id().toString());
                known.permits.add(permitted.permit().atMillis());
                known.channel = permitted.permit().channel();
                known.isNotSent = false;
            }
            case Effect.RequestChanged changed -> {
                Known known = known(changed.change().request().id().toString());
                switch (changed.change()) {
                    case RequestChange.Deferred deferred -> {
                        known.untilMillis = deferred.untilMillis();
                        known.isHeld = false;
                    }
                    case RequestChange.Held held -> {
                        known.isHeld = true;
                        if (held.rule() == GateRule.CAPACITY) {
                            known.claimedMillis = held.atMillis();
                            known.isGranted = false;
                        }
                    }
                    case RequestChange.Resumed resumed -> {
                        known.isHeld = false;
                        known.isGranted |= resumed.by().startsWith("resource:");
                    }
                    case RequestChange.Moved moved -> {}
                    case RequestChange.Stands stands -> {}
                    default -> known.isFinal = true;
                }
            }
            default -> {}
        }
    }

    private static long expires(ActionRequest request) {
        return request.task().action().equals("letter") ? 2 * DAY : 3 * DAY;
    }

    private Known known(String id) {
        Known known = requests.get(id);
        if (known == null) {
            throw new AssertionError("something became of request " + id + ", which was never made");
        }
        return known;
    }

    private String due(Report.Due due, List<Effect> effects, Map<String, Integer> answers) {
        Known known = requests.get(due.request().id().toString());
        if (known == null) {
            return "";
        }
        List<Effect> about = effects.stream().filter(each -> isAbout(each, due)).toList();
        if (about.size() != 1) {
            return due + " is answered by " + about;
        }
        answers.merge(name(about.getFirst()), 1, Integer::sum);
        String wrong = answer(known, due.atMillis(), about.getFirst());
        return wrong.isEmpty() ? "" : due + " is answered by " + about.getFirst() + ", but " + wrong;
    }

    private static boolean isAbout(Effect effect, Report.Due due) {
        return switch (effect) {
            case Effect.Permitted permitted ->
                permitted.permit().request().id().equals(due.request().id());
            case Effect.RequestChanged changed ->
                changed.change().request().id().equals(due.request().id());
            default -> false;
        };
    }

    private static String name(Effect effect) {
        return switch (effect) {
            case Effect.RequestChanged changed ->
                switch (changed.change()) {
                    case RequestChange.Deferred deferred ->
                        "Deferred " + deferred.rule().key();
                    case RequestChange.Held held -> "Held " + held.rule().key();
                    case RequestChange.Refused refused ->
                        "Refused " + refused.rule().key();
                    case RequestChange.Stands stands ->
                        "Stands " + stands.stage().key();
                    case RequestChange other -> other.getClass().getSimpleName();
                };
            default -> effect.getClass().getSimpleName();
        };
    }

    /** What is wrong with an answer at an instant. */
    private String answer(Known known, long at, Effect effect) {
        boolean isOver = known.isFinal || known.isOut() != null;
        if (isOver || known.hasPermit(at)) {
            return isStands(effect) ? "" : "there is nothing to decide";
        }
        if (at >= known.request.schedule().expiresMillis()) {
            return effect instanceof Effect.RequestChanged changed
                            && (changed.change() instanceof RequestChange.Expired || isStands(effect))
                    ? ""
                    : "it has expired";
        }
        if (at < known.untilMillis && !known.isHeld) {
            return effect instanceof Effect.RequestChanged changed
                            && changed.change() instanceof RequestChange.Deferred deferred
                            && deferred.untilMillis() == known.untilMillis
                    ? ""
                    : "it is not due before " + Instant.ofEpochMilli(known.untilMillis);
        }
        return decided(known, at, effect);
    }

    private static boolean isStands(Effect effect) {
        return effect instanceof Effect.RequestChanged changed && changed.change() instanceof RequestChange.Stands;
    }

    private String decided(Known known, long at, Effect effect) {
        boolean objects = objects(known);
        boolean isQuiet = isQuiet(at);
        List<String> capped = known.request.reach().channels().stream()
                .filter(channel -> isCapped(known, channel, at))
                .toList();
        boolean isAllCapped = capped.size() == known.request.reach().channels().size();
        boolean needsApproval = known.request.reach().purpose().equals("approved") && !known.isApproved;
        if (effect instanceof Effect.Permitted permitted) {
            if (isLetter(known) && !(known.isGranted && period(at) == period(known.claimedMillis))) {
                return "there is no clerk for it";
            }
            if (isLetter(known) && letters(known, at) >= Town.CLERKS.amount()) {
                return "all clerks have enough to do";
            }
            if (capped.contains(permitted.permit().channel())) {
                return "a cap forbids " + permitted.permit().channel();
            }
            return objects ? "the customer objects" : isQuiet ? "it is quiet" : needsApproval ? "nobody approved" : "";
        }
        RequestChange change = ((Effect.RequestChanged) effect).change();
        boolean isRight = switch (change) {
            case RequestChange.Refused refused ->
                refused.rule() == GateRule.OPT_OUT && objects
                        || refused.rule() == GateRule.CAP && !objects && (isAllCapped || isQuiet)
                        || refused.rule() == GateRule.QUIET && isQuiet;
            case RequestChange.Deferred deferred -> deferred.rule() == GateRule.QUIET && isQuiet && !objects;
            case RequestChange.Held held ->
                !objects
                        && (needsApproval
                                ? held.rule() == GateRule.PERSON
                                : held.rule() == GateRule.CAPACITY
                                        && isLetter(known)
                                        && !isQuiet
                                        && !(known.isGranted && period(at) == period(known.claimedMillis)));
            case RequestChange.Outbid outbid ->
                known(outbid.by().id().toString()).request.reach().priority()
                        > known.request.reach().priority();
            default -> false;
        };
        return isRight ? "" : "nothing forbids it so: objects " + objects + ", quiet " + isQuiet + ", capped " + capped;
    }

    /** Of what was said, the latest stands; of what was said at one time, the objection. */
    private boolean objects(Known known) {
        Report.Consented standing = null;
        for (Report.Consented each : consents.getOrDefault(known.request.customer(), List.of())) {
            boolean isAbout = each.purpose().isEmpty()
                    || each.purpose().equals(known.request.reach().purpose());
            if (isAbout
                    && (standing == null
                            || each.atMillis() > standing.atMillis()
                            || each.atMillis() == standing.atMillis() && !each.isGiven())) {
                standing = each;
            }
        }
        return standing != null && !standing.isGiven();
    }

    private static boolean isLetter(Known known) {
        return known.request.task().action().equals("letter");
    }

    private static long period(long at) {
        return Math.floorDiv(at, Town.CLERKS.perMillis());
    }

    /** How many other letters have been permitted in the same period and not been given up again. */
    private long letters(Known asked, long at) {
        return requests.values().stream()
                .filter(each -> each != asked && isLetter(each) && !each.permits.isEmpty() && !each.isNotSent)
                .filter(each -> !each.isFinal || each.isOut() != null)
                .filter(each -> period(each.claimedMillis) == period(at))
                .count();
    }

    private static boolean isQuiet(long at) {
        int hour = Instant.ofEpochMilli(at).atZone(ZoneOffset.UTC).getHour();
        return hour >= 21 || hour < 8;
    }

    private boolean isCapped(Known asked, String channel, long at) {
        return others(asked, at, 2 * DAY, "") >= 2
                || channel.equals("voice") && others(asked, at, 4 * DAY, "voice") >= 1;
    }

    private long others(Known asked, long at, long withinMillis, String channel) {
        return requests.values().stream()
                .filter(each -> each != asked && each.request.customer().equals(asked.request.customer()))
                .filter(each -> channel.isEmpty() || each.channel.equals(channel))
                .filter(each -> each.counts(at, withinMillis))
                .count();
    }

    /** What there is no reason for any more is taken back, and what is over by the clock is said to be. */
    private String withdrawals(Desk.Step step) {
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.SignalChanged changed && changed.signal() instanceof Signal.Ended ended) {
                for (Known each : requests.values()) {
                    if (each.request.source() instanceof Source.OfPolicy policy
                            && policy.cause().equals(ended.signal())
                            && each.request.schedule().withdrawWhen().equals("cause ends")
                            && !each.isFinal
                            && each.isOut() == null
                            && ended.atMillis() < each.request.schedule().expiresMillis()) {
                        return "signal " + ended.name() + " has ended, but " + each.request + " goes on";
                    }
                }
            }
        }
        for (Known each : requests.values()) {
            boolean isOpen = !each.isFinal && each.isOut() == null;
            if (isOpen && each.request.schedule().expiresMillis() + 2 * DAY < latestMillis) {
                return each.request + " is open although it should have expired";
            }
        }
        return "";
    }
}
