package dev.forestall.server.session;

import dev.forestall.dispatch.Sending;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Loop;
import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Decision.Group;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.action.SessionAnswer;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.identity.CustomerIdentifiers;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers pages and apps that ask what to show to a customer who is there now. A question goes into the log, and its answer is given when the log has it; what
 * was decided a short while ago is looked up and written nowhere. For any thread; an answer is waited for, but not longer than the deadline.
 */
public final class Questions {

    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    /** As the log names where questions come from, and who says what became of an answer. */
    private static final String SOURCE = "in_session";

    /** Of so many decisions it is remembered what they are called outside, until the tables know it. */
    private static final int REMEMBERED = 10_000;

    private final Engine engine;
    private final Brake brake;
    private final HostClock clock;
    private final Duration deadline;
    private final Shown shown;

    /** What is looked up of decisions that are reported as shown. */
    public interface Known {
        /** The decision of a name, if there is one. */
        Optional<EffectId> decision(String name);
    }

    /** @param deadline who has no answer by then is answered with nothing */
    public Questions(Engine engine, Supplier<Sending.Brake> brake, Known known, HostClock clock, Duration deadline) {
        this.engine = engine;
        this.brake = new Brake(brake);
        this.clock = clock;
        this.deadline = deadline;
        this.shown = new Shown(REMEMBERED, known);
    }

    /** The policies that can be asked, in the order of the pack. */
    List<String> flags() {
        return engine.definition().actions().all().stream()
                .filter(policy -> policy.inSession() != null)
                .map(Policy::name)
                .toList();
    }

    /** The kinds of identifiers by which customers can be asked about; the strongest first. */
    List<String> identifiers() {
        return new CustomerIdentifiers(engine.definition().plan()).names();
    }

    /**
     * Asks some policies about one customer.
     *
     * @param flags names of policies that can be asked
     * @param isOffer whether the answers are only kept ready: they count as shown when that is reported
     * @return an answer of each, in their order
     */
    List<Answered> ask(List<String> flags, Identifier who, boolean isOffer) {
        Sending.Brake stands = brake.now();
        // In a dry run nothing is shown, so nothing may count as shown.
        boolean isKept = isOffer || stands.isDryRun();
        SequencedMap<String, Answered> answers = new LinkedHashMap<>();
        List<String> open = new ArrayList<>();
        for (String flag : flags) {
            if (stands.isAll() || stands.policies().contains(flag)) {
                answers.put(flag, nothing(flag, Answered.Why.STOPPED));
            } else {
                answers.put(flag, nothing(flag, Answered.Why.TOO_LATE));
                open.add(flag);
            }
        }
        if (!open.isEmpty()) {
            CompletableFuture<Map<String, SessionAnswer>> found =
                    find(open, who, isKept).toCompletableFuture();
            try {
                Map<String, SessionAnswer> known = found.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
                known.forEach((flag, answer) -> answers.put(flag, answered(flag, answer, stands)));
            } catch (TimeoutException late) {
                found.thenAccept(decided -> decided.forEach((flag, answer) -> missed(flag, answer, isKept)));
            } catch (ExecutionException failed) {
                LOG.warn("A question could not be answered: {}", String.valueOf(failed.getCause()));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
        return List.copyOf(answers.values());
    }

    /** What was asked for, as it is known at one place of the log. */
    private record Seen(SubjectId customer, SequencedMap<String, SessionAnswer> answers) {}

    private CompletionStage<Map<String, SessionAnswer>> find(List<String> flags, Identifier who, boolean isOffer) {
        return look(flags, who).thenCompose(known -> {
            List<Logged> questions = questions(known, who, isOffer);
            if (questions.isEmpty()) {
                return CompletableFuture.completedStage(known.answers());
            }
            return switch (engine.accept(questions)) {
                case Acceptance.Refused refused ->
                    CompletableFuture.failedStage(new IllegalStateException(refused.detail()));
                case Acceptance.Taken taken ->
                    taken.durable()
                            .thenCompose(receipt -> engine.worked(receipt.position()))
                            .thenCompose(worked -> look(flags, who))
                            .thenApply(Seen::answers);
            };
        });
    }

    private CompletionStage<Seen> look(List<String> flags, Identifier who) {
        long now = clock.nowMillis();
        return engine.look(history -> look(history, flags, who, now));
    }

    private static Seen look(History history, List<String> flags, Identifier who, long nowMillis) {
        Definition definition = history.definition();
        SubjectId customer = history.identity().customer(who);
        Loop loop = new Loop(definition);
        var state = history.state(customer);
        SequencedMap<String, SessionAnswer> answers = new LinkedHashMap<>();
        flags.forEach(flag -> answers.put(flag, loop.asked(customer, state, nowMillis, flag)));
        return new Seen(customer, answers);
    }

    /** What has to go into the log before there are answers. */
    private List<Logged> questions(Seen known, Identifier who, boolean isOffer) {
        long now = clock.nowMillis();
        Origin origin = new Origin(SOURCE, Origin.NONE, 0).live(now, now);
        List<Logged> questions = new ArrayList<>();
        known.answers().forEach((flag, answer) -> {
            boolean isNew = answer instanceof SessionAnswer.Open;
            boolean isFirstShown = !isOffer && answer instanceof SessionAnswer.Decided decided && !decided.isShown();
            if (isNew || isFirstShown) {
                questions.add(new Logged.Reported(
                        origin,
                        new Report.Asked(
                                new Report.Head("", now, SOURCE),
                                known.customer(),
                                who.name(),
                                who.value(),
                                flag,
                                isOffer)));
            }
        });
        return questions;
    }

    private Answered answered(String flag, SessionAnswer answer, Sending.Brake stands) {
        if (!(answer instanceof SessionAnswer.Decided decided)) {
            return nothing(flag, Answered.Why.NOT_MEANT);
        }
        String name = engine.names().of(decided.decision());
        shown.remember(name, decided.decision(), flag, decided.chosen());
        boolean isControl = decided.group() == Group.CONTROL;
        Optional<Answered.Decided> decision = Optional.of(
                new Answered.Decided(name, isControl, decided.propensity().value(), decided.isShown()));
        Answered.Why why = stands.isDryRun()
                ? Answered.Why.DRY_RUN
                : stands.channels().contains(decided.channel())
                        ? Answered.Why.STOPPED
                        : isControl ? Answered.Why.CONTROL : Answered.Why.CHOSEN;
        if (why == Answered.Why.STOPPED && decided.isShown()) {
            notShown(flag, decided.decision(), "stopped: channel " + decided.channel());
        }
        return why == Answered.Why.CHOSEN
                ? new Answered(flag, decided.chosen(), target(decided.chosen()), decided.parameters(), why, decision)
                : new Answered(flag, Action.NOTHING, "", List.of(), why, decision);
    }

    private String target(String action) {
        return engine.definition().requests().action(action).map(Action::target).orElse("");
    }

    private static Answered nothing(String flag, Answered.Why why) {
        return new Answered(flag, Action.NOTHING, "", List.of(), why, Optional.empty());
    }

    /** It was decided, and nobody waited for it any more. */
    private void missed(String flag, SessionAnswer answer, boolean isOffer) {
        if (!isOffer && answer instanceof SessionAnswer.Decided decided && decided.isShown()) {
            notShown(flag, decided.decision(), "answered after " + deadline.toMillis() + " ms");
        }
    }

    private void notShown(String flag, EffectId decision, String reason) {
        long now = clock.nowMillis();
        say(new Report.NotServed(new Report.Head("", now, SOURCE), decision, flag, reason));
    }

    private CompletionStage<Void> say(Report report) {
        Origin origin = new Origin(SOURCE, Origin.NONE, 0).live(report.atMillis(), report.atMillis());
        return switch (engine.accept(List.of(new Logged.Reported(origin, report)))) {
            case Acceptance.Taken taken -> taken.durable().thenAccept(receipt -> {});
            case Acceptance.Refused refused -> {
                LOG.warn("That a decision was {} could not be noted: {}", report.kind(), refused.detail());
                yield CompletableFuture.failedStage(new IllegalStateException(refused.detail()));
            }
        };
    }

    /**
     * Notes that what was decided was shown, once for each decision however often it is said.
     *
     * @param decision as those outside name it
     * @param by who says so, such as {@code page}
     * @return answers when the log has it; empty when there is no decision of this name
     */
    public Optional<CompletionStage<Void>> shown(String decision, String by) {
        return shown.find(decision, engine)
                .map(known -> say(new Report.Served(
                        new Report.Head(decision, clock.nowMillis(), by),
                        known.decision(),
                        known.policy(),
                        known.chosen())));
    }
}
