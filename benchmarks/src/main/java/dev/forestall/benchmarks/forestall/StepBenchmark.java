package dev.forestall.benchmarks.forestall;

import static java.util.Objects.requireNonNull;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.Step;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Warmup;

/** What one step of the loop costs, four patterns declared, for events that concern none, one or several of them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@org.openjdk.jmh.annotations.State(Scope.Thread)
public class StepBenchmark {

    private static final SubjectId CUSTOMER = SubjectId.customer("u-0000042");
    private static final long NOON = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();

    private final Definition definition = PatternsPack.compile().definition();
    private final Loop loop = new Loop(definition);

    private final State weeksOfBrowsing = weeksOfBrowsing();
    private final State twiceFailed = after(after(weeksOfBrowsing, "login_failed", -2), "login_failed", -1);
    private final State inCheckout = after(weeksOfBrowsing, "checkout_step", -1);

    private final Input pageView = happens("page_view", 0);
    private final Input loginFailed = happens("login_failed", 0);
    private final Input checkoutStep = happens("checkout_step", 0);
    private final Input halfAnHourPassed =
            new Input.TimeAdvanced(1_000, 0, NOON + Duration.ofMinutes(31).toMillis());

    @Benchmark
    public Step first_event_of_a_customer() {
        return loop.step(CUSTOMER, State.EMPTY, pageView);
    }

    @Benchmark
    public Step page_view_of_a_known_customer() {
        return loop.step(CUSTOMER, weeksOfBrowsing, pageView);
    }

    @Benchmark
    public Step page_view_in_a_checkout() {
        return loop.step(CUSTOMER, inCheckout, pageView);
    }

    @Benchmark
    public Step checkout_step_that_restarts_the_wait() {
        return loop.step(CUSTOMER, inCheckout, checkoutStep);
    }

    @Benchmark
    public Step third_failed_login_that_raises_a_signal() {
        return loop.step(CUSTOMER, twiceFailed, loginFailed);
    }

    @Benchmark
    public Step silence_that_raises_a_signal() {
        return loop.step(CUSTOMER, inCheckout, halfAnHourPassed);
    }

    private State weeksOfBrowsing() {
        var state = State.EMPTY;
        for (var day = 20; day > 0; day--) {
            for (var i = 0; i < 3; i++) {
                state = after(state, "page_view", -day * 24 * 60 + i);
            }
        }
        return state;
    }

    private State after(State state, String type, int minutes) {
        return Loop.step(definition, CUSTOMER, state, happens(type, minutes)).next();
    }

    private Input happens(String type, int minutes) {
        var plan = definition.plan();
        var at = NOON + Duration.ofMinutes(minutes).toMillis();
        var event = Event.of(plan, requireNonNull(plan.typeOrNull(type)), "", at)
                .identifier(0, CUSTOMER.key())
                .build();
        return new Input.EventReceived(1_000 + minutes / 60, event);
    }
}
