package dev.forestall.dispatch;

import dev.forestall.dispatch.Outbox.Move;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.StorageException;
import dev.forestall.loop.report.Report.Failure;
import dev.forestall.loop.request.Permit;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Uses one permit: looks at what may stop it at the last moment, notes durably that it is being sent, sends, and notes what came of it together
 * with the report. For any thread.
 */
final class Sender {

    private static final System.Logger LOG = System.getLogger(Sender.class.getName());

    private final Database database;
    private final Tenant tenant;
    private final Channels channels;
    private final DispatchOptions options;
    private final HostClock clock;
    private final Pause pause;

    /** Waits a while. */
    interface Pause {
        /** @return false when there is no time to wait any more */
        boolean await();
    }

    Sender(Database database, Tenant tenant, Channels channels, DispatchOptions options, HostClock clock, Pause pause) {
        this.database = database;
        this.tenant = tenant;
        this.channels = channels;
        this.options = options;
        this.clock = clock;
        this.pause = pause;
    }

    /** What is being sent, and through what. */
    private record Begun(OutboxRow row, Permit permit, Channel channel, Delivery delivery) {}

    /** Sends the request if it still has a permit, and nothing stands against it. */
    void use(String request) {
        database.in(tenant, session -> begin(session, request)).ifPresent(this::send);
    }

    /** Once it was sent, what came of it is known here alone: it is noted as soon as the database lets it. */
    private void send(Begun begun) {
        Answer answer = answer(begun);
        do {
            try {
                database.doIn(tenant, session -> end(session, begun, answer));
                return;
            } catch (StorageException trouble) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "what came of request " + begun.row().key() + " cannot be noted yet",
                        trouble);
            }
        } while (pause.await());
    }

    /** A channel that fails by itself may have sent all the same. */
    private static Answer answer(Begun begun) {
        try {
            return begun.channel().send(begun.delivery());
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.ERROR, "channel " + begun.permit().channel() + " failed", broken);
            return new Answer.Lost("the channel failed: " + broken.getClass().getSimpleName());
        }
    }

    private Optional<Begun> begin(Session session, String request) {
        Optional<OutboxRow.Permitted> found = Outbox.permitted(session, request);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        OutboxRow row = found.get().row();
        Permit permit = found.get().permit();
        Optional<Channel> channel = channels.of(permit.channel());
        long now = clock.nowMillis();
        Optional<Move> obstacle = obstacle(session, row, permit, channel, now);
        if (obstacle.isPresent() || channel.isEmpty()) {
            obstacle.ifPresent(move -> {
                Outbox.move(session, request, move, now);
                report(new Reporting(session, row, now), row, move);
            });
            return Optional.empty();
        }
        Outbox.move(session, request, Move.to(State.SENDING), now);
        int attempt = Outbox.begin(session, request, channel.get().provider(), permit.channel(), now);
        return Optional.of(
                new Begun(row, permit, channel.get(), new Delivery(request, row.request(), permit, attempt)));
    }

    /** What will be sent later gives its permit back; what never will is taken back. */
    private static void report(Reporting reports, OutboxRow row, Move move) {
        if (move.to().isFinal()) {
            reports.withdrawn(inWords(move));
        } else {
            reports.notSent(row.asked(), inWords(move));
        }
    }

    private static String inWords(Move move) {
        return move.value().isEmpty() ? move.rule() : move.rule() + ": " + move.value();
    }

    /** What stands against sending now, the strongest first. Money is taken only when nothing else does. */
    private static Optional<Move> obstacle(
            Session session, OutboxRow row, Permit permit, Optional<Channel> channel, long now) {
        ActionRequest request = row.request();
        if (request.schedule().expiresMillis() <= now) {
            return Optional.of(Move.to(State.EXPIRED, "expired", ""));
        }
        if (!permit.isValid(now)) {
            return Optional.of(Move.to(State.DEFERRED, "permit", "ran out").at(now));
        }
        if (Brakes.isDryRun(session)) {
            return Optional.of(Move.to(State.REFUSED, DRY_RUN, ""));
        }
        String policy = request.source().policyName();
        Optional<String> stopped = Brakes.stopped(session, policy, permit.channel());
        if (stopped.isPresent()) {
            return Optional.of(Move.to(State.HELD, KILL_SWITCH, stopped.get()));
        }
        if (channel.isEmpty()) {
            return Optional.of(Move.to(State.HELD, NO_CHANNEL, permit.channel()));
        }
        OptionalLong paused = Brakes.pausedUntil(session, permit.channel(), now);
        if (paused.isPresent()) {
            return Optional.of(Move.to(State.DEFERRED, "receiver", "asked to be left alone")
                    .at(paused.getAsLong()));
        }
        Money cost = request.task().cost();
        return Brakes.spend(session, policy, permit.channel(), cost.minor(), currency(cost), now)
                .map(over -> Move.to(State.DEFERRED, "budget", over.value()).at(over.untilMillis()));
    }

    /** Rules under which the dispatcher itself says no; the gate's have names of their own. */
    static final String DRY_RUN = "dry_run";

    static final String KILL_SWITCH = "kill_switch";
    static final String NO_CHANNEL = "no_channel";

    private static String currency(Money cost) {
        return cost.currency().getCurrencyCode();
    }

    private void end(Session session, Begun sending, Answer answer) {
        long now = clock.nowMillis();
        String request = sending.row().key();
        String provider = sending.channel().provider();
        Reporting reports = new Reporting(session, sending.row(), now);
        Outbox.end(session, request, sending.delivery().attempt(), result(answer), answer.detail(), now);
        switch (answer) {
            case Answer.Taken taken -> {
                Outbox.move(session, request, Move.to(State.SENT), now);
                Outbox.providerId(session, request, taken.providerId());
                reports.sent(provider, taken.providerId());
            }
            case Answer.Refused refused -> {
                Outbox.move(session, request, Move.to(State.FAILED, "refused", refused.detail()), now);
                giveBack(session, sending, now);
                reports.failed(refused.failure(), provider, refused.detail());
            }
            case Answer.Gone gone -> {
                Outbox.move(session, request, Move.to(State.FAILED, "refused", gone.detail()), now);
                giveBack(session, sending, now);
                reports.failed(Failure.REFUSED, provider, gone.detail());
                Switches.stop(
                        session, Scope.CHANNEL, sending.permit().channel(), gone.detail(), "channel:" + provider, now);
            }
            case Answer.NotNow notNow -> {
                giveBack(session, sending, now);
                notNow.after()
                        .ifPresent(
                                after -> Brakes.pause(session, sending.permit().channel(), now + after.toMillis()));
                again(session, sending, notNow.after().orElse(Duration.ZERO), notNow.detail(), reports, now);
            }
            case Answer.Lost lost -> {
                if (sending.channel().honoursKeys()) {
                    giveBack(session, sending, now);
                    again(session, sending, Duration.ZERO, lost.detail(), reports, now);
                } else {
                    uncertain(session, request, provider, lost.detail(), reports, options, now);
                }
            }
        }
    }

    private static String result(Answer answer) {
        return switch (answer) {
            case Answer.Taken taken -> "sent";
            case Answer.Refused refused -> "failed";
            case Answer.Gone gone -> "failed";
            case Answer.NotNow notNow -> "later";
            case Answer.Lost lost -> "lost";
        };
    }

    static void uncertain(
            Session session,
            String request,
            String provider,
            String detail,
            Reporting reports,
            DispatchOptions options,
            long now) {
        Move move = Move.to(State.UNCERTAIN, "", detail)
                .at(now + options.uncertainFor().toMillis());
        Outbox.move(session, request, move, now);
        reports.uncertain(provider, detail);
    }

    /** Once more with a new permit and the same key, if there is time and an attempt left. */
    private void again(Session session, Begun sending, Duration atLeast, String detail, Reporting reports, long now) {
        String request = sending.row().key();
        int attempt = sending.delivery().attempt();
        Optional<Long> next = options.retries()
                .after(request, attempt)
                .map(delay -> now + Math.max(delay.toMillis(), atLeast.toMillis()))
                .filter(at -> at < sending.row().request().schedule().expiresMillis());
        if (next.isPresent()) {
            Outbox.move(
                    session, request, Move.to(State.DEFERRED, "retry", detail).at(next.get()), now);
            reports.notSent(sending.row().asked(), detail);
        } else {
            Outbox.move(session, request, Move.to(State.DEAD, "attempts", detail), now);
            reports.failed(Failure.NO_ATTEMPT_LEFT, sending.channel().provider(), detail);
        }
    }

    private static void giveBack(Session session, Begun sending, long now) {
        Money cost = sending.row().request().task().cost();
        Brakes.giveBack(
                session,
                sending.row().request().source().policyName(),
                sending.permit().channel(),
                cost.minor(),
                currency(cost),
                now);
    }
}
