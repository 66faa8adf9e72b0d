package dev.forestall.dispatch;

import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.Report.Failure;
import dev.forestall.loop.report.Reported;
import dev.forestall.records.database.Session;
import dev.forestall.records.inbox.Inbox;

/**
 * What the dispatcher reports of a request. Ids follow from the request and the attempt: what is reported again is the same report. Within a
 * transaction of others.
 */
final class Reporting {

    /** Who reports. */
    static final String DISPATCHER = "dispatcher";

    private final Session session;
    private final String key;
    private final EffectId request;
    private final long nowMillis;

    Reporting(Session session, OutboxRow row, long nowMillis) {
        this(session, row.key(), row.request(), nowMillis);
    }

    Reporting(Session session, String key, ActionRequest request, long nowMillis) {
        this.session = session;
        this.key = key;
        this.request = request.id();
        this.nowMillis = nowMillis;
    }

    private Report.Head head(String what) {
        return new Report.Head(key + "/" + what, nowMillis, DISPATCHER);
    }

    private Reported about() {
        return Reported.of(request);
    }

    void due(int asked) {
        add(new Report.Due(head("due/" + asked), about()));
    }

    void notSent(int asked, String reason) {
        add(new Report.NotSent(head("not_sent/" + asked), about(), reason));
    }

    void withdrawn(String reason) {
        add(new Report.Withdrawn(head("withdrawn"), about(), reason));
    }

    void sent(String provider, String providerId) {
        add(new Report.Sent(head("sent"), about(), provider, providerId));
    }

    void failed(Failure failure, String provider, String reason) {
        add(new Report.Failed(head("failed"), about(), failure, provider, reason));
    }

    void uncertain(String provider, String reason) {
        add(new Report.Uncertain(head("uncertain"), about(), provider, reason));
    }

    private void add(Report report) {
        Inbox.add(session, report, nowMillis);
    }
}
