package dev.forestall.acceptance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.embedded.Activation;
import dev.forestall.embedded.DataDirectory;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.Host;
import dev.forestall.embedded.HostOptions;
import dev.forestall.embedded.LogOptions;
import dev.forestall.embedded.StateOptions;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Difference;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.host.StorageException;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.state.State;
import dev.forestall.testkit.Cursors;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.Transcript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One definition takes over from another, on disk. */
class ExchangeTest {

    private static final SubjectId CUSTOMER = SubjectId.customer("c-1");

    private static final HostOptions SMALL_CHUNKS = HostOptions.defaults().withChunk(4);

    private static final Definition NOTHING =
            TestPack.of(Shop.PLAN).hash("aaaaaaaa").ready();
    private static final Definition CHASING = TestPack.of(Shop.PLAN)
            .hash("bbbbbbbb")
            .signal("chasing", Shop.chasing())
            .ready();
    private static final Definition CHASING_AND_ALERT = TestPack.of(Shop.PLAN)
            .hash("cccccccc")
            .signal("chasing", Shop.chasing())
            .alert(Shop.alert("chasing"))
            .ready();

    private static void take(Host host, int from, int to) {
        for (int i = from; i < to; i++) {
            host.accept(new Logged.Arrived(new Origin("log", i, i + 1), Shop.event("called", Shop.day(i / 100))));
        }
    }

    private static EmbeddedHost open(Path folder, Definition definition) {
        return EmbeddedHost.open(folder, "test", definition, SMALL_CHUNKS);
    }

    private static List<String> said(Host host) {
        List<String> said = new ArrayList<>();
        Cursors.toList(host.effects()).forEach(effect -> said.add(effect.id() + " " + Transcript.line(effect)));
        return said;
    }

    @Test
    void what_is_new_knows_what_happened_before_and_says_it_in_hindsight_only(
            @TempDir Path changed, @TempDir Path always) {
        try (EmbeddedHost host = open(changed, NOTHING);
                EmbeddedHost other = open(always, CHASING)) {
            take(host.host(), 0, 250);
            host.host().activate(CHASING);
            take(other.host(), 0, 250);
            other.host().commit();
            assertThat(host.host().state(CUSTOMER)).isEqualTo(other.host().state(CUSTOMER));
            assertThat(said(host.host())).isEmpty();
            assertThat(host.host().history().effects(""))
                    .isNotEmpty()
                    .allSatisfy(noted -> assertThat(noted.isHindsight()).isTrue());
        }
    }

    @Test
    void what_is_unchanged_goes_on_and_refers_to_what_was_said(@TempDir Path folder) {
        try (EmbeddedHost host = open(folder, CHASING)) {
            take(host.host(), 0, 2);
            host.host().commit();
            List<String> before = said(host.host());
            assertThat(before).hasSize(1);
            host.host().activate(CHASING_AND_ALERT);
            assertThat(said(host.host())).isEqualTo(before);
            host.host().accept(new Logged.Arrived(new Origin("log", 2, 3), Shop.event("visited", Shop.day(30))));
            host.host().finish();
            var history = host.host().history();
            var ended = history.effects("").stream()
                    .filter(noted -> noted.effect() instanceof Effect.SignalChanged changed
                            && changed.signal() instanceof Signal.Ended)
                    .findFirst()
                    .orElseThrow();
            Signal.Ended signal = (Signal.Ended) ((Effect.SignalChanged) ended.effect()).signal();
            assertThat(history.behind(ended, signal.signal()).orElseThrow().isHindsight())
                    .isFalse();
            assertThat(history.inForce(ended.position()).definition()).isEqualTo("cccccccc");
            assertThat(history.inForce(signal.signal().position()).definition()).isEqualTo("bbbbbbbb");
        }
    }

    @Test
    void it_stays_in_force_and_rolling_back_is_the_same(@TempDir Path folder) {
        try (EmbeddedHost host = open(folder, CHASING)) {
            take(host.host(), 0, 10);
            host.host().activate(CHASING_AND_ALERT);
        }
        assertThatThrownBy(() -> open(folder, CHASING))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("EMB-014");
        try (EmbeddedHost host = open(folder, CHASING_AND_ALERT)) {
            State before = host.host().state(CUSTOMER);
            host.host().activate(CHASING);
            take(host.host(), 10, 12);
            host.host().finish();
            assertThat(host.host().activations())
                    .extracting(Activation::definition)
                    .containsExactly("bbbbbbbb", "cccccccc", "bbbbbbbb");
            assertThat(host.host().state(CUSTOMER)).isNotEqualTo(before);
        }
    }

    @Test
    void a_newer_program_that_answers_otherwise_is_noted_and_changes_no_state(@TempDir Path folder) {
        State before;
        try (EmbeddedHost host = open(folder, CHASING)) {
            take(host.host(), 0, 10);
            host.host().commit();
            before = host.host().state(CUSTOMER);
        }
        try (EmbeddedHost host = open(folder, CHASING.answeredBy(99))) {
            assertThat(host.host().state(CUSTOMER)).isEqualTo(before);
            assertThat(host.host().activations())
                    .extracting(Activation::semantics)
                    .endsWith(99);
        }
    }

    @Test
    void another_owner_changes_no_byte(@TempDir Path folder) {
        TestPack pack = TestPack.of(Shop.PLAN).signal("chasing", Shop.chasing());
        Definition renamed = pack.hash("dddddddd").ready();
        assertThat(Difference.between(CHASING, renamed).isLayoutKept()).isTrue();
        try (EmbeddedHost host = open(folder, CHASING)) {
            take(host.host(), 0, 10);
            host.host().commit();
            State before = host.host().state(CUSTOMER);
            host.host().activate(renamed);
            assertThat(host.host().state(CUSTOMER)).isEqualTo(before);
        }
    }

    @Test
    void where_the_log_no_longer_reaches_it_is_said_since_when_something_is_known(@TempDir Path folder) {
        int events = 5_000;
        // Only whole files of the log are let go, so here they are small.
        var options = new DataDirectory.Options("test", new LogOptions(16 << 10, 8 << 10), StateOptions.defaults());
        try (DataDirectory data = DataDirectory.open(folder, options);
                Host host = new Host(NOTHING, data.log(), data.state(), HostOptions.defaults())) {
            take(host, 0, events);
            host.finish();
            State known = host.state(CUSTOMER);
            host.retain(Long.MAX_VALUE);
            assertThat(host.history().input(0)).isEmpty();
            assertThat(host.state(CUSTOMER)).isEqualTo(known);
            assertThatThrownBy(() -> host.history().now(CUSTOMER)).hasMessageContaining("let go for its age");
            host.activate(CHASING);
            assertThat(host.activations().getLast().knownSince().get("signal.chasing"))
                    .isGreaterThan(Shop.day(0).toEpochMilli())
                    .isLessThanOrEqualTo(host.progress().latestMillis());
            take(host, events, events + 10);
            host.finish();
            assertThat(host.progress().events()).isEqualTo(events + 10);
        }
    }
}
