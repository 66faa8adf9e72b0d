package dev.forestall.dispatch;

import dev.forestall.dispatch.Outbox.Move;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.Reported;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Row;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.inbox.Inbox;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What people may do about sending: look, stop, let go on, take back, send again. For any thread. */
public final class Sending {

    private final Database database;
    private final Tenant tenant;
    private final HostClock clock;
    private final Runnable wake;
    private final ChangeLog changes;

    /**
     * @param wake says the dispatcher that there is something to do
     * @param changes takes note of what is done here
     */
    public Sending(Database database, Tenant tenant, HostClock clock, Runnable wake, ChangeLog changes) {
        this.changes = changes;
        this.database = database;
        this.tenant = tenant;
        this.clock = clock;
        this.wake = wake;
    }

    /** Something that stops sending. @param name of the policy or channel; empty when all is stopped */
    public record Stop(Scope scope, String name, String reason, String by, long sinceMillis) {}

    /**
     * How sending stands.
     *
     * @param isDryRun whether everything is decided and nothing is sent
     * @param requests how many stand where
     * @param waitingReports how many wait for the engine
     */
    public record Status(boolean isDryRun, List<Stop> stops, SequencedMap<State, Long> requests, long waitingReports) {
        public Status {
            stops = List.copyOf(stops);
        }
    }

    public Status status() {
        return database.in(
                tenant,
                session -> new Status(
                        Brakes.isDryRun(session),
                        session.list("SELECT * FROM operational.stops ORDER BY scope, name", Sending::stop),
                        Outbox.counts(session),
                        Inbox.count(session)));
    }

    /**
     * What keeps things from being shown or sent just now.
     *
     * @param isDryRun whether nothing goes out at all
     * @param isAll whether everything is stopped
     */
    public record Brake(boolean isDryRun, boolean isAll, Set<String> policies, Set<String> channels) {
        public Brake {
            policies = Set.copyOf(policies);
            channels = Set.copyOf(channels);
        }
    }

    /** As {@link #status}, without looking at requests. */
    public Brake brake() {
        return database.in(tenant, session -> {
            List<Stop> stops = session.list("SELECT * FROM operational.stops", Sending::stop);
            return new Brake(
                    Brakes.isDryRun(session),
                    stops.stream().anyMatch(stop -> stop.scope() == Scope.ALL),
                    names(stops, Scope.POLICY),
                    names(stops, Scope.CHANNEL));
        });
    }

    private static Set<String> names(List<Stop> stops, Scope scope) {
        return stops.stream()
                .filter(stop -> stop.scope() == scope)
                .map(Stop::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stop stop(Row row) throws SQLException {
        return new Stop(
                Scope.valueOf(row.text("scope").toUpperCase(Locale.ROOT)),
                row.text("name"),
                row.text("reason"),
                row.text("stopped_by"),
                row.millis("since"));
    }

    /** Everything goes on to be decided, and nothing is sent; or things are sent from now on. */
    public void dryRun(boolean isOn, String by) {
        change(session -> {
            Brakes.dryRun(session, isOn, by, clock.nowMillis());
            changes.note(session, by, "sending.dry_run", "", isOn ? "on" : "off");
        });
    }

    /** Stops sending, within the time of one transaction. What is stopped is held. @param name of the policy or channel; empty for all */
    public void stop(Scope scope, String name, String reason, String by) {
        change(session -> {
            Switches.stop(session, scope, name, reason, by, clock.nowMillis());
            changes.note(session, by, "sending.stopped", target(scope, name), reason);
        });
    }

    /** Lets sending go on. What was held is due again. @return whether it had been stopped */
    public boolean resume(Scope scope, String name, String reason, String by) {
        return answer(session -> {
            boolean wasStopped = Switches.resume(session, scope, name, reason, by, clock.nowMillis());
            if (wasStopped) {
                changes.note(session, by, "sending.resumed", target(scope, name), reason);
            }
            return wasStopped;
        });
    }

    private static String target(Scope scope, String name) {
        return name.isEmpty() ? scope.key() : scope.key() + " " + name;
    }

    /** What may be spent in a period; what is beyond waits for the next one. @param isMonthly else per day */
    public void budget(Scope scope, String name, long amountMinor, String currency, boolean isMonthly, ZoneId zone) {
        change(session -> Brakes.budget(session, scope, name, amountMinor, currency, isMonthly, zone));
    }

    /**
     * Takes a request back that is not on its way yet.
     *
     * @throws DispatchException when there is none, or it is out already
     */
    public void withdraw(String request, String reason, String by) {
        change(session -> {
            OutboxRow row = row(session, request);
            long now = clock.nowMillis();
            changes.note(session, by, "request.withdrawn", request, reason);
            if (!Outbox.move(session, request, Move.to(State.WITHDRAWN, "", reason), now)) {
                throw illegal(row, State.WITHDRAWN, "it can only be taken back before it is sent");
            }
            Inbox.add(
                    session,
                    new Report.Withdrawn(new Report.Head(request + "/withdrawn", now, by), about(row), reason),
                    now);
        });
    }

    /** A person has decided that a request may be sent. The engine says whether that was asked for. */
    public void approve(String request, String by) {
        change(session -> {
            OutboxRow row = row(session, request);
            long now = clock.nowMillis();
            if (row.state() != State.HELD) {
                throw illegal(row, State.REQUESTED, "only what is held can be approved");
            }
            changes.note(session, by, "request.approved", request, "");
            Inbox.add(session, new Report.Approved(new Report.Head(request + "/approved", now, by), about(row)), now);
        });
    }

    /**
     * Has a request done once more: a new one that names this one, goes through the gate like any other, and has an id of its own. The old one
     * stays as it ended.
     *
     * @throws DispatchException when there is none, or it may still be sent
     */
    public void resend(String request, String reason, String by) {
        change(session -> {
            OutboxRow row = row(session, request);
            long now = clock.nowMillis();
            if (!row.state().isFinal() && row.state() != State.UNCERTAIN) {
                throw illegal(row, State.REQUESTED, "only what has ended or is uncertain can be sent again");
            }
            changes.note(session, by, "request.sent_again", request, reason);
            ActionRequest old = row.request();
            Inbox.add(
                    session,
                    new Report.Requested(
                            new Report.Head(request + "/again/" + now, now, by),
                            old.customer(),
                            old.task().action(),
                            old.journeyKey(),
                            reason,
                            Optional.of(old.id())),
                    now);
        });
    }

    /** A person says what became of an uncertain request. @param isSent whether the provider had taken it */
    public void settle(String request, boolean isSent, String reason, String by) {
        change(session -> {
            OutboxRow row = row(session, request);
            long now = clock.nowMillis();
            State to = isSent ? State.SENT : State.FAILED;
            if (row.state() != State.UNCERTAIN || !Outbox.move(session, request, Move.to(to, "person", reason), now)) {
                throw illegal(row, to, "a person can only say it of what is uncertain");
            }
            changes.note(session, by, "request.settled", request, to.key() + ": " + reason);
            Report.Head head = new Report.Head(request + "/settled", now, by);
            Inbox.add(
                    session,
                    isSent
                            ? new Report.Sent(head, about(row), row.provider(), "")
                            : new Report.Failed(head, about(row), Report.Failure.REFUSED, row.provider(), reason),
                    now);
        });
    }

    private static Reported about(OutboxRow row) {
        return Reported.of(row.request().id());
    }

    private static OutboxRow row(Session session, String request) {
        return Outbox.find(session, request)
                .orElseThrow(() -> DispatchError.UNKNOWN_REQUEST.because("no request is named " + request
                        + ". Requests that follow from history are never sent, and are not here"));
    }

    private static DispatchException illegal(OutboxRow row, State to, String why) {
        return DispatchError.ILLEGAL_MOVE.because(
                "request " + row.key() + " is " + row.state().key() + " and cannot become " + to.key() + ": " + why);
    }

    private void change(Consumer<Session> work) {
        database.doIn(tenant, work);
        wake.run();
    }

    private <T> T answer(Function<Session, T> work) {
        T answer = database.in(tenant, work);
        wake.run();
        return answer;
    }
}
