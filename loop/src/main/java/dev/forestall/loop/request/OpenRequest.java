package dev.forestall.loop.request;

import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.ActionRequest.Source;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.report.Reported;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.TreeMap;

/** What a customer's state knows of a request: as long as it can be sent or taken back, and until it would have expired. */
final class OpenRequest {

    /** No report has come. */
    private static final long NEVER = Long.MIN_VALUE;

    EffectId id;
    final String action;
    final String purpose;
    final String journeyKey;
    /** Whether a policy decided it, and not a person or a workflow. */
    final boolean isProactive;

    final int priority;
    /** On what it was decided; empty for nothing, or when that is not known. */
    final String on;
    /** The effect that told of it: equal to {@link #id} when that is not known. */
    final EffectId cause;

    final String withdrawWhen;
    final long expiresMillis;

    RequestStage stage = RequestStage.REQUESTED;
    long dueMillis;
    boolean isApproved;
    /** Why it is deferred; empty for not. */
    String rule = "";

    String value = "";
    /** On which channel it was permitted or sent. */
    String channel = "";
    /** Until when the latest permit is valid. */
    long validUntilMillis = NEVER;

    int attempts;
    /** When it reached the customer, or may have. */
    long outMillis = NEVER;
    /** Of the latest report that says whether it has reached the customer. */
    long endMillis = NEVER;
    /** From when on nobody asks about it any more. */
    long forgetMillis;
    /** By resource, until when what it needs of it is kept for it. */
    final TreeMap<String, Long> grants = new TreeMap<>();
    /** Why it was taken back; empty for not. */
    String gone = "";

    private OpenRequest(
            EffectId id,
            String action,
            String purpose,
            String journeyKey,
            boolean isProactive,
            int priority,
            String on,
            EffectId cause,
            String withdrawWhen,
            long expiresMillis) {
        this.id = id;
        this.action = action;
        this.purpose = purpose;
        this.journeyKey = journeyKey;
        this.isProactive = isProactive;
        this.priority = priority;
        this.on = on;
        this.cause = cause;
        this.withdrawWhen = withdrawWhen;
        this.expiresMillis = expiresMillis;
        this.forgetMillis = expiresMillis;
    }

    static OpenRequest of(ActionRequest request) {
        Source.OfPolicy policy = request.source() instanceof Source.OfPolicy of ? of : null;
        OpenRequest open = new OpenRequest(
                request.id(),
                request.task().action(),
                request.reach().purpose(),
                request.journeyKey(),
                policy != null,
                request.reach().priority(),
                policy == null ? "" : policy.on(),
                policy == null ? request.id() : policy.cause(),
                request.schedule().withdrawWhen(),
                request.schedule().expiresMillis());
        open.dueMillis = request.schedule().dueMillis();
        return open;
    }

    /** One that was made when the customer's past was another one: as much as reports say of it. */
    static OpenRequest of(Reported request, int priority, long nowMillis) {
        OpenRequest open = new OpenRequest(
                request.id(),
                request.action(),
                request.purpose(),
                request.journeyKey(),
                !request.policy().isEmpty(),
                priority,
                "",
                request.id(),
                "",
                request.expiresMillis());
        open.dueMillis = nowMillis;
        return open;
    }

    RequestRef ref() {
        return new RequestRef(id, action, journeyKey);
    }

    /** Whether it was made by the same input for the same: under another name, if the customer had another one then. */
    boolean isSame(Reported reported) {
        return id.equals(reported.id())
                || id.position() == reported.id().position() && action.equals(reported.action());
    }

    boolean hasPermit(long nowMillis) {
        return stage == RequestStage.PERMITTED && nowMillis < validUntilMillis;
    }

    /** When it expires: not while a permit is valid. */
    long endsMillis() {
        return stage == RequestStage.PERMITTED ? Math.max(expiresMillis, validUntilMillis) : expiresMillis;
    }

    /** When something falls due about it: its expiry, or that it is forgotten. */
    long nextMillis() {
        return stage.isOpen() ? endsMillis() : forgetMillis;
    }

    /**
     * Notes a report of what became of it. Reports come late, twice and out of order: of those that say whether it has reached the customer
     * the latest stands, and they stand before those that say only that it is on its way.
     *
     * @return whether it stands elsewhere now
     */
    boolean hears(RequestStage reported, long atMillis) {
        RequestStage before = stage;
        boolean isEnd = reported == RequestStage.DELIVERED || reported == RequestStage.FAILED;
        if (isEnd) {
            if (endMillis != NEVER
                    && (atMillis < endMillis || atMillis == endMillis && reported == RequestStage.FAILED)) {
                return false;
            }
            endMillis = atMillis;
            stage = reported;
        } else if (endMillis == NEVER && !(reported == RequestStage.UNCERTAIN && stage == RequestStage.SENT)) {
            stage = reported;
        }
        if (reported != RequestStage.FAILED) {
            outMillis = outMillis == NEVER ? atMillis : Math.min(outMillis, atMillis);
        }
        return stage != before;
    }

    static OpenRequest read(Reader from) {
        EffectId id = id(from);
        OpenRequest open = new OpenRequest(
                id,
                from.text(),
                from.text(),
                from.text(),
                from.flag(),
                from.size(),
                from.text(),
                from.flag() ? id(from) : id,
                from.text(),
                from.whole());
        open.stage = RequestStage.of(from.text());
        open.dueMillis = from.whole();
        open.isApproved = from.flag();
        open.rule = from.text();
        open.value = from.text();
        open.channel = from.text();
        open.validUntilMillis = from.whole();
        open.attempts = from.size();
        open.outMillis = from.whole();
        open.endMillis = from.whole();
        open.forgetMillis = from.whole();
        open.gone = from.text();
        for (int left = from.size(); left > 0; left--) {
            open.grants.put(from.text(), from.whole());
        }
        return open;
    }

    void write(Writer to) {
        write(id, to);
        to.text(action)
                .text(purpose)
                .text(journeyKey)
                .flag(isProactive)
                .count(priority)
                .text(on);
        to.flag(!cause.equals(id));
        if (!cause.equals(id)) {
            write(cause, to);
        }
        to.text(withdrawWhen)
                .whole(expiresMillis)
                .text(stage.key())
                .whole(dueMillis)
                .flag(isApproved)
                .text(rule)
                .text(value)
                .text(channel)
                .whole(validUntilMillis)
                .count(attempts)
                .whole(outMillis)
                .whole(endMillis)
                .whole(forgetMillis)
                .text(gone)
                .count(grants.size());
        grants.forEach((resource, until) -> to.text(resource).whole(until));
    }

    private static void write(EffectId id, Writer to) {
        to.text(id.subject().kind())
                .text(id.subject().key())
                .count(id.position())
                .count(id.index());
    }

    private static EffectId id(Reader from) {
        return new EffectId(new SubjectId(from.text(), from.text()), from.count(), from.size());
    }
}
