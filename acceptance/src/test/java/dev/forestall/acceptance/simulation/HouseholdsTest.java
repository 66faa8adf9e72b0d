package dev.forestall.acceptance.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.embedded.Host;
import dev.forestall.embedded.HostOptions;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.signal.Signal;
import dev.forestall.testkit.Cursors;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.MemoryInputLog;
import dev.forestall.testkit.MemoryStateStore;
import dev.forestall.testkit.Seeds;
import dev.forestall.testkit.Transcript;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Where it has to be found out who is who, the embedded host keeps to what the reference host does. */
class HouseholdsTest {

    private static final Comparator<Effect> IN_LOG = Comparator.comparingLong(
                    (Effect effect) -> effect.id().position())
            .thenComparing(Effect::subject)
            .thenComparingInt(effect -> effect.id().index());

    private final Town town = Town.ofHouseholds();
    private final Definition definition = town.definition();
    private int customersOfSeveral;
    private int hindsight;
    private int toldByBranches;
    private final TreeSet<String> codes = new TreeSet<>();

    @Test
    void the_embedded_host_says_and_remembers_what_the_reference_does(TestInfo test) {
        int[] runs = new int[1];
        Seeds.each(test, 40, (seed, random) -> {
            runs[0]++;
            List<Logged> records = town.events(random.split(), 100 + random.nextInt(400));
            MemoryHost reference = new MemoryHost(definition);
            var options = new HostOptions(1 + random.nextInt(3), 1 + random.nextInt(200), 1 << 20);
            try (Host host = new Host(definition, new MemoryInputLog(), new MemoryStateStore(), options)) {
                for (Logged logged : records) {
                    host.accept(logged);
                    tell(reference, logged);
                }
                host.finish();
                reference.end();
                assertAgree(host, Cursors.toList(host.effects()), reference);
            }
        });
        if (runs[0] >= 20) {
            assertThat(customersOfSeveral)
                    .as("customers of several identifiers")
                    .isGreaterThan(100);
            assertThat(hindsight).as("effects found in hindsight").isGreaterThan(1_000);
            assertThat(toldByBranches).as("customers told by a branch").isGreaterThan(100);
            assertThat(codes).contains("IDN-002", "IDN-003", "IDN-004", "IDN-005", "IDN-006");
        }
    }

    private static void tell(MemoryHost reference, Logged logged) {
        switch (logged) {
            case Logged.Arrived arrived ->
                reference.happened(arrived.event(), arrived.origin().receipt());
            case Logged.Erased erased -> reference.skip();
            case Logged.Unreadable unreadable -> reference.skip();
            case Logged.Unmerged unmerged -> reference.unmerged(unmerged.unmerge());
            case Logged.Reported reported ->
                reference.reported(reported.report(), reported.origin().receipt());
            case Logged.Rejection rejection -> reference.skip();
            case Logged.Ticked ticked -> reference.tick(ticked.atMillis(), ticked.receipt());
            case Logged.Folded folded -> reference.skip();
            case Logged.Activated activated -> throw new AssertionError("nothing is exchanged here");
        }
    }

    private void assertAgree(Host host, List<Effect> heard, MemoryHost reference) {
        assertThat(said(heard)).isEqualTo(said(reference.effects()));
        for (SubjectId subject : reference.states().keySet()) {
            assertThat(host.state(subject)).as("%s", subject).isEqualTo(reference.state(subject));
        }
        long customers = reference.states().keySet().stream()
                .filter(SubjectId::isCustomer)
                .count();
        assertThat(host.statistics(SubjectId.CUSTOMER).subjects()).isEqualTo(customers);
        assertThat(host.notices().stream().map(notice -> notice.rejected().toString()))
                .isEqualTo(reference.notices().reversed().stream().limit(100).toList().reversed().stream()
                        .map(Object::toString)
                        .toList());
        toldByBranches += (int) reference.effects().stream()
                .filter(each -> each instanceof Effect.SendMessage send
                        && send.message() instanceof Message.Notice
                        && send.subject().kind().equals("branch"))
                .count();
        reference.notices().forEach(notice -> codes.add(notice.code().code()));
        customersOfSeveral += (int) Town.identifiers().stream()
                .filter(each ->
                        !reference.identity().path(each, head(reference, each)).isEmpty())
                .count();
        host.history().effects("").forEach(noted -> assertFollowed(host.history(), noted));
        hindsight += (int) host.history().effects("").stream()
                .filter(noted -> noted.isHindsight())
                .count();
    }

    /** What an effect goes back to is in the record as it was known then, whatever has become of its customer since. */
    private static void assertFollowed(History history, History.Noted noted) {
        switch (noted.effect()) {
            case Effect.Decided decided ->
                assertThat(behind(history, noted, decided.decision().cause().orElseThrow()))
                        .isInstanceOfSatisfying(
                                Effect.SignalChanged.class,
                                changed -> assertThat(changed.signal()).isInstanceOf(Signal.Raised.class));
            case Effect.ActionRequested requested ->
                assertThat(behind(
                                history,
                                noted,
                                requested.request().source().causes().getFirst()))
                        .isInstanceOf(Effect.Decided.class);
            case Effect.Permitted permitted ->
                assertThat(behind(history, noted, permitted.permit().request().id()))
                        .isInstanceOf(Effect.ActionRequested.class);
            case Effect.RequestChanged changed ->
                assertThat(behind(history, noted, changed.change().request().id()))
                        .isInstanceOf(Effect.ActionRequested.class);
            case Effect.OutcomeObserved observed ->
                assertThat(behind(history, noted, observed.outcome().decision()))
                        .isInstanceOfSatisfying(
                                Effect.Decided.class,
                                decided -> assertThat(decided.decision().policy())
                                        .isEqualTo(observed.outcome().policy()));
            case Effect.SignalChanged changed -> {
                if (changed.signal() instanceof Signal.Ended ended) {
                    assertThat(behind(history, noted, ended.signal()))
                            .isInstanceOfSatisfying(
                                    Effect.SignalChanged.class,
                                    raised -> assertThat(raised.signal().name() + raised.atMillis())
                                            .isEqualTo(ended.name() + ended.raisedAtMillis()));
                }
            }
            case Effect.AlertChanged changed ->
                behind(history, noted, changed.alert().cause());
            case Effect.Assigned assigned -> {}
            case Effect.Transitioned transitioned -> {}
            case Effect.ContextChanged changed -> {}
            case Effect.RiskChanged changed -> {}
            case Effect.Explained explained -> {}
            case Effect.Sampled sampled -> {}
            case Effect.SendMessage send -> {}
        }
    }

    private static Effect behind(History history, History.Noted noted, EffectId cause) {
        return history.behind(noted, cause)
                .orElseThrow(() -> new AssertionError("nothing is known of what is behind " + noted))
                .effect();
    }

    private static Identifier head(MemoryHost reference, Identifier of) {
        var identity = reference.identity();
        return identity.members(identity.customer(of)).identifiers().getFirst();
    }

    /** In the order of the log; messages aside, which hosts keep where they are delivered. */
    private static List<String> said(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> !(effect instanceof Effect.SendMessage))
                .sorted(IN_LOG)
                .map(effect -> effect.id() + " " + Transcript.line(effect))
                .toList();
    }
}
