package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.Report.Failure;
import dev.forestall.loop.report.Report.Head;
import dev.forestall.loop.report.ReportError;
import dev.forestall.loop.report.Reported;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.testkit.MemoryInputLog;
import dev.forestall.testkit.MemoryStateStore;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What channels and people report, at a host. */
class ReportsTest {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final Origin CHANNEL = new Origin("channel:mail", Origin.NONE, 0);
    private static final SubjectId ANN = SubjectId.customer("ann");
    private static final SubjectId TABLET = SubjectId.customer("deviceId:tablet");

    private static final TestPlan PLAN = TestPlan.declare()
            .identifier("deviceId", 2)
            .event("asked")
            .event("visited")
            .builtIn("message_bounced")
            .ready();

    private final MemoryInputLog log = new MemoryInputLog();
    private final MemoryStateStore store = new MemoryStateStore();
    private Host host = open();

    /** Who asks twice is written to; whose mail bounces twice within a day cannot be reached. */
    private static Definition pack() {
        Action write = new Action("write", "message", "write", "email", new Money(2, Currency.getInstance("EUR")));
        return TestPack.of(PLAN)
                .tick(Duration.ofMinutes(10))
                .signal("asking", new Repeat(PLAN.any("asked"), 2, 60 * MINUTE))
                .signal("unreachable", new Repeat(PLAN.any("message_bounced"), 2, 24 * 60 * MINUTE))
                .policy(new Policy(
                        "answer",
                        TriggerName.signals("asking"),
                        Condition.ALWAYS,
                        List.of(new Policy.Candidate(write, scope -> 1, Condition.ALWAYS, "")),
                        null,
                        scope -> 1,
                        new Probability(0),
                        0))
                .ready();
    }

    private Host open() {
        return new Host(pack(), log, store, new HostOptions(2, 50, 1 << 20));
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void happen(Event event) {
        host.accept(new Logged.Arrived(new Origin("web", Origin.NONE, 0), event));
        host.commit();
    }

    private void annAsksTwice() {
        happen(at("asked", 0).of("ann").build());
        happen(at("asked", 1).of("ann").build());
    }

    private static TestPlan.Happening at(String type, int minute) {
        return PLAN.event(type).at(Times.START.toEpochMilli() + minute * MINUTE);
    }

    private List<Effect> effects() {
        List<Effect> all = new ArrayList<>();
        try (Cursor<Effect> cursor = host.effects()) {
            cursor.forEachRemaining(all::add);
        }
        return all;
    }

    private ActionRequest request() {
        return effects().stream()
                .filter(Effect.ActionRequested.class::isInstance)
                .map(each -> ((Effect.ActionRequested) each).request())
                .findFirst()
                .orElseThrow();
    }

    private List<SubjectId> unreachable() {
        return effects().stream()
                .filter(each -> each instanceof Effect.SignalChanged changed
                        && changed.signal() instanceof Signal.Raised raised
                        && raised.name().equals("unreachable"))
                .map(Effect::subject)
                .toList();
    }

    private static Report bounced(String id, EffectId request, int minute) {
        return new Report.Failed(
                new Head(id, Times.START.toEpochMilli() + minute * MINUTE, "channel:mail"),
                Reported.of(request),
                Failure.HARD_BOUNCE,
                "relay",
                "no such user");
    }

    private Optional<Rejected> report(Report report) {
        Optional<Rejected> rejected = host.report(CHANNEL, report);
        host.commit();
        return rejected;
    }

    @Test
    void a_report_reaches_the_customer_of_the_request_and_packs_see_it_as_an_event() {
        annAsksTwice();
        EffectId request = request().id();
        assertThat(report(bounced("b-1", request, 5))).isEmpty();
        assertThat(unreachable()).isEmpty();
        assertThat(report(bounced("b-2", request, 6))).isEmpty();
        assertThat(unreachable()).containsExactly(ANN);
        assertThat(host.progress().reports()).isEqualTo(2);
    }

    @Test
    void the_record_completes_what_a_report_says_about_the_request() {
        annAsksTwice();
        report(bounced("b-1", request().id(), 5));
        List<Report> logged = host.history().now(ANN).inputs().stream()
                .filter(each -> each.logged() instanceof Logged.Reported)
                .map(each -> ((Logged.Reported) each.logged()).report())
                .toList();
        assertThat(logged).singleElement().isInstanceOfSatisfying(Report.Failed.class, failed -> {
            assertThat(failed.request().action()).isEqualTo("write");
            assertThat(failed.request().channel()).isEqualTo("email");
        });
    }

    @Test
    void a_report_sent_twice_is_one_report_also_after_a_restart() {
        annAsksTwice();
        EffectId request = request().id();
        report(bounced("b-1", request, 5));
        report(bounced("b-1", request, 5));
        host.close();
        host = open();
        report(bounced("b-1", request, 5));
        assertThat(host.progress().reports()).isEqualTo(1);
        assertThat(unreachable()).isEmpty();
    }

    @Test
    void a_report_on_something_never_said_is_rejected_and_counted() {
        annAsksTwice();
        EffectId request = request().id();
        assertThat(report(bounced("b-1", new EffectId(ANN, request.position() + 9, 0), 5)))
                .hasValueSatisfying(rejected -> assertThat(rejected.code()).isEqualTo(ReportError.UNKNOWN_EFFECT));
        EffectId signal = effects().getFirst().id();
        assertThat(report(bounced("b-2", signal, 5)))
                .hasValueSatisfying(rejected -> assertThat(rejected.code()).isEqualTo(ReportError.OTHER_KIND));
        assertThat(host.progress().rejected()).containsEntry("RPT-001", 1L).containsEntry("RPT-002", 1L);
        assertThat(host.progress().reports()).isZero();
    }

    @Test
    void what_nobody_has_declared_is_not_asked_for() {
        assertThat(report(wanted("w-1", "tickle")))
                .hasValueSatisfying(rejected -> assertThat(rejected.code()).isEqualTo(ReportError.UNKNOWN_ACTION));
        assertThat(report(wanted("w-2", "write"))).isEmpty();
        assertThat(request().task().action()).isEqualTo("write");
    }

    private static Report wanted(String id, String action) {
        return new Report.Requested(
                new Head(id, Times.START.toEpochMilli(), "user:u-7"), ANN, action, "", "", Optional.empty());
    }

    @Test
    void a_report_reaches_whoever_bears_the_name_by_now_and_is_there_when_a_past_is_worked_out_anew() {
        happen(at("asked", 0).anonymous().with("deviceId", "tablet").build());
        happen(at("asked", 1).anonymous().with("deviceId", "tablet").build());
        EffectId request = request().id();
        assertThat(request.subject()).isEqualTo(TABLET);
        report(bounced("b-1", request, 5));
        happen(at("visited", 7).of("ann").with("deviceId", "tablet").build());
        report(bounced("b-2", request, 8));
        assertThat(unreachable()).containsExactly(ANN);
        assertThat(host.history().now(ANN).state()).isEqualTo(host.state(ANN));
    }

    @Test
    void a_kill_switch_stands_in_the_log_and_concerns_nobody() {
        Report stop = new Report.KillSwitch(
                new Head("k-1", Times.START.toEpochMilli(), "user:u-1"),
                Report.KillSwitch.Scope.ALL,
                "",
                true,
                "wrong price in the template");
        assertThat(report(stop)).isEmpty();
        assertThat(host.progress().reports()).isEqualTo(1);
        assertThat(effects()).isEmpty();
    }
}
