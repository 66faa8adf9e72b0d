package dev.forestall.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.Acceptance.Reason;
import dev.forestall.loop.host.Acceptance.Receipt;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.EngineProgress;
import dev.forestall.loop.host.Erased;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.host.Positions;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.Subscription;
import dev.forestall.loop.host.SubscriptionStart;
import dev.forestall.loop.host.SubscriptionState;
import dev.forestall.loop.host.SubscriptionState.Phase;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.ReportError;
import dev.forestall.loop.report.Reported;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Times;
import dev.forestall.testkit.Transcript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The law of {@link Engine}. An implementation's test extends this and says how its engines are opened. Nothing here relies on how fast an
 * engine is, nor on where it runs.
 */
public abstract class EngineContract {

    private static final SubjectId ANN = SubjectId.customer("ann");
    private static final SubjectId BOB = SubjectId.customer("bob");
    private static final SubscriptionStart BEGINNING = new SubscriptionStart.Beginning();
    private static final int CUSTOMERS = 50;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private static final TestPlan PLAN = TestPlan.declare()
            .identifier("deviceId", 2)
            .event("asked")
            .event("paid")
            .builtIn("message_bounced")
            .ready();

    private static final Definition ASKING = asking().hash("aaaaaaaa").ready();
    private static final Definition PAYING = asking().signal("paying", new Repeat(PLAN.any("paid"), 2, 24 * HOUR))
            .hash("bbbbbbbb")
            .ready();

    /** So many records may wait at most in an engine that is opened. */
    protected static final int ROOM = 1_000;

    /** What consumers were given. */
    private final List<Effect> taken = Collections.synchronizedList(new ArrayList<>());

    /**
     * Opens the engine of that name, with nothing in it, or with what it held when it was closed. Time passes for nobody by its clock. It
     * has room for {@link #ROOM} records.
     *
     * @param inForce the definition, when the engine is new, or was in force when it was closed
     * @param others that have been in force before, or will be
     */
    protected abstract Engine open(String name, Definition inForce, List<Definition> others);

    private Engine open() {
        return open("engine", ASKING, List.of(PAYING));
    }

    /** Who asks twice within an hour is written to. */
    private static TestPack asking() {
        Action write = new Action("write", "message", "write", "email", new Money(2, Currency.getInstance("EUR")));
        return TestPack.of(PLAN)
                .tick(Duration.ofMinutes(10))
                .signal("asking", new Repeat(PLAN.any("asked"), 2, HOUR))
                .policy(new Policy(
                        "answer",
                        TriggerName.signals("asking"),
                        Condition.ALWAYS,
                        List.of(new Policy.Candidate(write, scope -> 1, Condition.ALWAYS, "")),
                        null,
                        scope -> 1,
                        new Probability(0),
                        0));
    }

    private static TestPlan.Happening at(String type, int minute) {
        return PLAN.event(type).at(Times.START.toEpochMilli() + minute * MINUTE);
    }

    private static Logged from(String source, long ordinal, TestPlan.Happening happening) {
        return new Logged.Arrived(new Origin(source, ordinal, 0), happening.build());
    }

    /** Each customer asks twice. */
    private static List<Logged> asked(int fromCustomer, int toCustomer) {
        List<Logged> all = new ArrayList<>();
        for (int i = fromCustomer; i < toCustomer; i++) {
            all.add(from("many", 2L * i, at("asked", 2 * i).of("c-" + i)));
            all.add(from("many", 2L * i + 1, at("asked", 2 * i + 1).of("c-" + i)));
        }
        return all;
    }

    private static List<Logged> annAsksTwice() {
        return List.of(
                from("web", 0, at("asked", 0).of("ann")),
                from("web", 1, at("asked", 1).of("ann")));
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Receipt take(Engine engine, List<Logged> records) {
        Acceptance acceptance = engine.accept(records);
        assertThat(acceptance).isInstanceOf(Acceptance.Taken.class);
        return answer(((Acceptance.Taken) acceptance).durable());
    }

    /** Waits until all that is durable has been worked in. */
    private static void settle(Engine engine) {
        while (engine.progress().behind() > 0) {
            Thread.onSpinWait();
        }
    }

    private Subscription read(Engine engine, String name, SubscriptionStart start) {
        return engine.subscribe(name, start, batch -> taken.addAll(batch.effects()), Retries.defaults());
    }

    private static boolean is(Engine engine, Predicate<History> reading) {
        return answer(engine.look(reading::test));
    }

    private static <T> List<T> list(Engine engine, Function<History, List<T>> reading) {
        return answer(engine.look(reading));
    }

    private static long look(Engine engine, Function<History, Long> reading) {
        return answer(engine.look(reading));
    }

    private static List<EffectId> ids(List<Effect> effects) {
        return effects.stream().map(Effect::id).toList();
    }

    private static <E extends Effect> E first(Class<E> kind, List<Effect> effects) {
        return effects.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    /** What was said of a subject, in lines that tell all. */
    private static List<String> said(Engine engine, SubjectId subject) {
        return lines(list(engine, history -> history.said(subject, 0, Integer.MAX_VALUE)));
    }

    private static List<String> lines(List<Effect> effects) {
        return effects.stream()
                .map(effect -> effect.id() + " " + Transcript.line(effect))
                .toList();
    }

    private static long position(Engine engine, SubjectId subject) {
        return list(engine, history -> history.said(subject, 0, Integer.MAX_VALUE))
                .getLast()
                .id()
                .position();
    }

    private static ActionRequest request(Engine engine) {
        return first(Effect.ActionRequested.class, list(engine, history -> history.said(ANN, 0, Integer.MAX_VALUE)))
                .request();
    }

    @Test
    void what_is_taken_is_worked_in_and_what_follows_is_read_by_whoever_subscribes_or_looks() {
        try (Engine engine = open()) {
            Subscription reading = read(engine, "projection", new SubscriptionStart.Now());
            Receipt receipt = take(engine, annAsksTwice());
            assertThat(receipt.known()).isEmpty();
            assertThat(receipt.unusable()).isEmpty();
            assertThat(Positions.ofToken(receipt.position())).isPresent();
            settle(engine);
            answer(reading.caughtUp());
            List<String> said = said(engine, ANN);
            assertThat(said).hasSizeGreaterThanOrEqualTo(3).isEqualTo(lines(taken));
            assertThat(said(engine, BOB)).isEmpty();
            assertThat(lines(list(engine, history -> history.said(ANN, 0, 1)))).isEqualTo(said);
            long last = position(engine, ANN);
            assertThat(list(engine, history -> history.said(ANN, last + 1, 1))).isEmpty();
        }
    }

    @Test
    void what_is_sent_again_is_passed_over_also_after_the_engine_was_closed() {
        try (Engine engine = open()) {
            take(engine, annAsksTwice());
            assertThat(take(engine, annAsksTwice()).known()).containsExactly(0, 1);
        }
        try (Engine engine = open()) {
            assertThat(take(engine, annAsksTwice()).known()).containsExactly(0, 1);
            assertThat(engine.progress().counts().events()).isEqualTo(2);
        }
    }

    @Test
    void all_is_taken_or_refused_and_whoever_sends_on_what_was_refused_loses_nothing() {
        try (Engine engine = open()) {
            List<Logged> tooMany = asked(0, ROOM);
            assertThat(engine.accept(tooMany)).isInstanceOfSatisfying(Acceptance.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.TOO_MUCH);
                assertThat(refused.retryAfter()).isZero();
            });
            List<CompletionStage<Receipt>> receipts = new ArrayList<>();
            int customers = 40 * ROOM / 10;
            for (int i = 0; i < customers; ) {
                switch (engine.accept(asked(i, i + ROOM / 10))) {
                    case Acceptance.Taken taken -> {
                        receipts.add(taken.durable());
                        i += ROOM / 10;
                    }
                    case Acceptance.Refused refused -> {
                        assertThat(refused.reason()).isEqualTo(Reason.FULL);
                        assertThat(refused.retryAfter()).isPositive();
                        answer(receipts.getLast());
                    }
                }
            }
            receipts.forEach(EngineContract::answer);
            settle(engine);
            assertThat(engine.progress().counts().events()).isEqualTo(2L * customers);
        }
    }

    @Test
    void an_effect_is_traced_back_to_the_input_it_came_of() {
        try (Engine engine = open()) {
            take(engine, annAsksTwice());
            settle(engine);
            EffectId request = request(engine).id();
            List<String> trace = answer(engine.look(history -> trace(history, request)));
            assertThat(trace)
                    .containsExactly("ActionRequested", "Decided", "SignalChanged", "asked by ann, under aaaaaaaa");
        }
    }

    @Test
    void an_effect_is_found_by_its_name_outside_or_the_beginning_of_it() {
        String name;
        try (Engine engine = open()) {
            take(engine, annAsksTwice());
            settle(engine);
            EffectId id = request(engine).id();
            name = engine.names().of(id);
            assertThat(list(engine, history -> history.effects(name.substring(0, 12))))
                    .singleElement()
                    .satisfies(noted -> assertThat(noted.effect().id()).isEqualTo(id));
            assertThat(list(engine, history -> List.of(history.names().of(id)))).containsExactly(name);
        }
        try (Engine engine = open()) {
            assertThat(list(engine, history -> history.effects(name))).hasSize(1);
        }
    }

    private static List<String> trace(History history, EffectId id) {
        List<String> trace = new ArrayList<>();
        Optional<History.Noted> next = history.effect(id).map(effect -> new History.Noted(effect, id.position()));
        while (next.isPresent()) {
            History.Noted noted = next.get();
            trace.add(noted.effect().getClass().getSimpleName());
            next = switch (noted.effect()) {
                case Effect.ActionRequested requested ->
                    history.behind(noted, requested.request().source().causes().getFirst());
                case Effect.Decided decided ->
                    decided.decision().cause().flatMap(cause -> history.behind(noted, cause));
                case Effect effect -> {
                    long position = effect.id().position();
                    Logged.Arrived arrived = (Logged.Arrived)
                            history.input(position).orElseThrow().logged();
                    trace.add(arrived.event().type().name() + " by "
                            + effect.subject().key() + ", under "
                            + history.inForce(position).definition());
                    yield Optional.empty();
                }
            };
        }
        return trace;
    }

    @Test
    void a_subject_is_seen_as_it_stands_and_as_it_stood() {
        try (Engine engine = open()) {
            take(engine, annAsksTwice());
            take(engine, List.of(from("web", 2, at("asked", 30).of("bob"))));
            settle(engine);
            long before = Times.START.toEpochMilli();
            assertThat(is(engine, history -> history.now(ANN).state().equals(history.state(ANN))))
                    .isTrue();
            assertThat(list(engine, history -> history.asOf(ANN, before).inputs()))
                    .hasSize(1);
            assertThat(list(engine, history -> history.asOf(ANN, before).effects()))
                    .isEmpty();
            assertThat(look(engine, History::clockMillis))
                    .isEqualTo(at("asked", 30).of("bob").build().atMillis());
        }
    }

    @Test
    void whatever_is_written_meanwhile_inputs_states_and_effects_that_are_seen_belong_to_one_place() {
        try (Engine engine = open()) {
            List<CompletionStage<Receipt>> receipts = new ArrayList<>();
            for (int customer = 0; customer < CUSTOMERS; customer++) {
                receipts.add(((Acceptance.Taken) engine.accept(asked(customer, customer + 1))).durable());
                assertThat(look(engine, EngineContract::inputsWhenAllFits)).isLessThanOrEqualTo(2 * (customer + 1));
            }
            receipts.forEach(EngineContract::answer);
            settle(engine);
            assertThat(look(engine, EngineContract::inputsWhenAllFits)).isEqualTo(2 * CUSTOMERS);
        }
    }

    /** How many inputs are seen, of customers each of whom is and was said to be what follows from them. */
    private static long inputsWhenAllFits(History history) {
        long inputs = 0;
        for (int i = 0; i < CUSTOMERS; i++) {
            SubjectId customer = SubjectId.customer("c-" + i);
            History.Standing standing = history.now(customer);
            assertThat(history.state(customer)).isEqualTo(standing.state());
            assertThat(lines(history.said(customer, 0, Integer.MAX_VALUE))).isEqualTo(lines(standing.effects()));
            assertThat(standing.inputs())
                    .allSatisfy(input -> assertThat(input.position()).isLessThan(history.position()));
            inputs += standing.inputs().size();
        }
        return inputs;
    }

    @Test
    void what_a_look_fails_with_whoever_looked_is_told() {
        try (Engine engine = open()) {
            assertThatThrownBy(() -> answer(engine.look(history -> {
                        throw new UnsupportedOperationException("seen enough");
                    })))
                    .hasRootCauseInstanceOf(UnsupportedOperationException.class)
                    .hasRootCauseMessage("seen enough");
        }
    }

    @Test
    void a_subscription_goes_on_where_it_was_and_stands_in_the_list_until_it_is_forgotten() {
        try (Engine engine = open()) {
            Subscription reading = read(engine, "projection", BEGINNING);
            take(engine, asked(0, 10));
            settle(engine);
            answer(reading.caughtUp());
        }
        int before = taken.size();
        assertThat(before).isPositive();
        try (Engine engine = open()) {
            assertThat(answer(engine.subscriptions())).singleElement().satisfies(state -> {
                assertThat(state.name()).isEqualTo("projection");
                assertThat(state.phase()).isEqualTo(Phase.DETACHED);
                assertThat(state.lag()).isZero();
            });
            take(engine, asked(10, 20));
            settle(engine);
            assertThat(answer(engine.subscriptions()))
                    .extracting(SubscriptionState::lag)
                    .containsExactly(before);
            Subscription reading = read(engine, "projection", BEGINNING);
            assertThatThrownBy(() -> read(engine, "projection", BEGINNING)).isInstanceOf(IllegalStateException.class);
            answer(reading.caughtUp());
            assertThat(taken).hasSize(2 * before);
            assertThat(new HashSet<>(ids(taken))).hasSize(2 * before);
            assertThat(answer(engine.unsubscribe("projection"))).isTrue();
            assertThat(answer(engine.unsubscribe("projection"))).isFalse();
            assertThat(answer(engine.subscriptions())).isEmpty();
        }
    }

    @Test
    void a_report_is_completed_by_the_record_and_one_that_it_does_not_bear_out_is_rejected() {
        try (Engine engine = open()) {
            take(engine, annAsksTwice());
            settle(engine);
            EffectId request = request(engine).id();
            EffectId unknown = new EffectId(ANN, request.position(), request.index() + 1_000);
            Origin channel = new Origin("channel:mail", Origin.NONE, 0);
            Receipt receipt = take(
                    engine,
                    List.of(
                            new Logged.Reported(channel, bounced("r-1", request)),
                            new Logged.Reported(channel, bounced("r-2", unknown)),
                            new Logged.Reported(channel, bounced("r-1", request))));
            assertThat(receipt.known()).hasSize(1);
            assertThat(receipt.unusable()).singleElement().satisfies(each -> {
                assertThat(each.index()).isEqualTo(1);
                assertThat(each.rejected().code()).isEqualTo(ReportError.UNKNOWN_EFFECT);
            });
            settle(engine);
            EngineProgress.Counts counts = engine.progress().counts();
            assertThat(counts.reports()).isEqualTo(1);
            assertThat(counts.rejected()).containsEntry(ReportError.UNKNOWN_EFFECT.code(), 1L);
            Report inLog = answer(engine.look(
                    history -> history.now(ANN).inputs().getLast().logged() instanceof Logged.Reported reported
                            ? reported.report()
                            : null));
            assertThat(inLog)
                    .isInstanceOfSatisfying(
                            Report.Failed.class,
                            failed -> assertThat(failed.request().action()).isEqualTo("write"));
        }
    }

    private static Report bounced(String id, EffectId request) {
        return new Report.Failed(
                new Report.Head(id, Times.START.toEpochMilli() + 5 * MINUTE, "channel:mail"),
                Reported.of(request),
                Report.Failure.HARD_BOUNCE,
                "provider-550",
                "no such mailbox");
    }

    @Test
    void another_definition_takes_over_while_events_flow_and_what_was_said_stays() {
        List<String> before;
        try (Engine engine = open()) {
            take(engine, annAsksTwice());
            settle(engine);
            before = said(engine, ANN);
            long position = position(engine, ANN);
            CompletionStage<Receipt> meanwhile = ((Acceptance.Taken) engine.accept(asked(0, 50))).durable();
            answer(engine.activate(PAYING));
            answer(meanwhile);
            assertThat(engine.definition().hash()).isEqualTo("bbbbbbbb");
            take(
                    engine,
                    List.of(
                            from("web", 2, at("paid", 200).of("ann")),
                            from("web", 3, at("paid", 201).of("ann"))));
            settle(engine);
            List<String> all = said(engine, ANN);
            long last = position(engine, ANN);
            assertThat(all.subList(0, before.size())).isEqualTo(before);
            assertThat(all.size()).isGreaterThan(before.size());
            assertThat(list(
                            engine,
                            history -> List.of(
                                    history.inForce(position).definition(),
                                    history.inForce(last).definition(),
                                    history.definition().hash())))
                    .containsExactly("aaaaaaaa", "bbbbbbbb", "bbbbbbbb");
        }
        try (Engine engine = open("engine", PAYING, List.of(ASKING))) {
            assertThat(said(engine, ANN).subList(0, before.size())).isEqualTo(before);
            answer(engine.activate(ASKING));
            assertThat(engine.definition().hash()).isEqualTo("aaaaaaaa");
        }
    }

    @Test
    void customers_who_turn_out_to_be_one_are_parted_again_when_somebody_says_so() {
        Identifier ann = new Identifier(TestPlan.CUSTOMER, "ann");
        Identifier tablet = new Identifier("deviceId", "tablet");
        try (Engine engine = open()) {
            take(
                    engine,
                    List.of(
                            from("web", 0, at("asked", 0).anonymous().with("deviceId", "tablet")),
                            from("web", 1, at("asked", 1).of("ann").with("deviceId", "tablet"))));
            settle(engine);
            assertThat(list(engine, history -> history.identifiers(ANN))).containsExactly(ann, tablet);
            assertThat(said(engine, ANN)).isNotEmpty();
            assertThat(answer(engine.unmerge(new Unmerge(ann, tablet, true)))).isEmpty();
            assertThat(list(engine, history -> history.identifiers(ANN))).containsExactly(ann);
        }
    }

    @Test
    void who_is_erased_is_known_to_nobody_and_all_others_as_before() {
        try (Engine engine = open()) {
            take(engine, annAsksTwice());
            take(engine, asked(0, 5));
            settle(engine);
            List<String> others = said(engine, SubjectId.customer("c-1"));
            assertThat(answer(engine.erase(ANN, "they asked")))
                    .hasValueSatisfying(erased -> assertThat(erased.effects()).isPositive());
            assertThat(answer(engine.erase(BOB, "they asked"))).isEqualTo(Optional.<Erased>empty());
            assertThat(said(engine, ANN)).isEmpty();
            assertThat(is(engine, history -> history.state(ANN).isEmpty())).isTrue();
            assertThat(said(engine, SubjectId.customer("c-1"))).isEqualTo(others);
            take(engine, List.of(from("web", 2, at("asked", 90).of("bob"))));
            settle(engine);
            assertThat(engine.progress().counts().events()).isEqualTo(2 + 10 + 1);
        }
    }

    @Test
    void whoever_looks_while_somebody_is_erased_sees_them_or_does_not() {
        try (Engine engine = open()) {
            take(engine, annAsksTwice());
            take(engine, asked(0, 5));
            settle(engine);
            List<CompletionStage<Integer>> seen = new ArrayList<>();
            CompletionStage<Optional<Erased>> erased = engine.erase(ANN, "they asked");
            for (int i = 0; i < 50; i++) {
                seen.add(engine.look(history -> history.now(ANN).inputs().size()
                        + history.said(ANN, 0, Integer.MAX_VALUE).size()));
            }
            seen.forEach(each -> assertThat(answer(each)).isBetween(0, 5));
            assertThat(answer(erased)).isPresent();
            assertThat(said(engine, ANN)).isEmpty();
            // Who comes back is somebody new.
            take(engine, List.of(from("web", 2, at("asked", 90).of("ann"))));
            settle(engine);
            assertThat(list(engine, history -> history.now(ANN).inputs())).hasSize(1);
        }
        try (Engine engine = open()) {
            assertThat(list(engine, history -> history.now(ANN).inputs())).hasSize(1);
        }
    }

    @Test
    void it_says_how_far_it_is() {
        try (Engine engine = open()) {
            EngineProgress empty = engine.progress();
            assertThat(empty.isWell()).isTrue();
            assertThat(empty.worked()).isEqualTo(empty.durable());
            assertThat(empty.clockMillis()).isEqualTo(Long.MIN_VALUE);
            take(engine, annAsksTwice());
            take(
                    engine,
                    List.of(
                            new Logged.Rejection(
                                    new Origin("web", 2, 0), new Rejected(EventError.MALFORMED, "", "no record"), "?"),
                            from("web", 3, at("asked", 61).of("bob"))));
            settle(engine);
            EngineProgress progress = engine.progress();
            assertThat(progress.worked()).isEqualTo(progress.durable()).isNotEqualTo(empty.worked());
            assertThat(progress.room()).isEqualTo(ROOM);
            assertThat(progress.waiting()).isZero();
            assertThat(progress.counts().events()).isEqualTo(3);
            assertThat(progress.counts().rejected()).containsEntry(EventError.MALFORMED.code(), 1L);
            assertThat(progress.watermarkMillis())
                    .isEqualTo(at("asked", 60).of("bob").build().atMillis());
        }
    }

    @Test
    void the_engine_says_itself_what_only_it_can_know() {
        try (Engine engine = open()) {
            assertThatThrownBy(() -> engine.accept(List.of(new Logged.Activated("bbbbbbbb", 1, "aaaaaaaa"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("activate");
            assertThatThrownBy(() ->
                            engine.accept(List.of(new Logged.Erased(Origin.BY_HAND, List.of(1L), 0, "they asked"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("erase");
        }
    }

    @Test
    void once_closed_it_takes_nothing_and_answers_nobody() {
        Engine engine = open();
        engine.close();
        assertThat(engine.accept(annAsksTwice()))
                .isInstanceOfSatisfying(
                        Acceptance.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.CLOSED));
        assertThatThrownBy(() -> answer(engine.look(History::position)))
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> answer(engine.activate(PAYING))).hasRootCauseInstanceOf(IllegalStateException.class);
        engine.close();
    }
}
