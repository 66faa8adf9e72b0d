package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.identity.IdentityError;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.state.State;
import dev.forestall.testkit.MemoryInputLog;
import dev.forestall.testkit.MemoryStateStore;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Times;
import dev.forestall.testkit.Transcript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers whose past is so long that nobody can wait while it is worked out anew. */
class LongPastsTest {

    private static final SubjectId ANN = SubjectId.customer("ann");
    private static final SubjectId BOB = SubjectId.customer("bob");
    private static final TestPlan PLAN =
            TestPlan.declare().identifier("deviceId", 2).event("called").ready();
    private static final Definition PACK = TestPack.of(PLAN)
            .signal(
                    "calling",
                    new Repeat(PLAN.any("called"), 3, Duration.ofMinutes(30).toMillis()))
            .ready();
    private static final HostOptions OPTIONS = HostOptions.defaults().withLongPast(100);

    private final MemoryInputLog log = new MemoryInputLog();
    private final MemoryStateStore store = new MemoryStateStore();
    private int events;

    private static Host open(MemoryInputLog aLog, MemoryStateStore aStore, HostOptions options) {
        return new Host(PACK, aLog, aStore, options);
    }

    private TestPlan.Happening call() {
        return PLAN.event("called").at(Times.minute(events).toEpochMilli());
    }

    private void take(Host host, boolean isLive, TestPlan.Happening happening) {
        Origin origin = new Origin("calls", events++, 0);
        host.accept(new Logged.Arrived(isLive ? origin.live(1, 1) : origin, happening.build()));
    }

    /** The tablet in the hall has been used for long when it turns out to be Ann's, who is known for long too. */
    private void joinTwoLongPasts(Host host, boolean isLive) {
        for (int i = 0; i < 150; i++) {
            take(host, isLive, call().anonymous().with("deviceId", "tablet"));
            take(host, isLive, call().of("ann"));
        }
        take(host, isLive, call().of("ann").with("deviceId", "tablet"));
        host.commit();
    }

    private List<Logged.Folded> folded() {
        LoggedCodec codec = new LoggedCodec(PACK.plan());
        List<Logged.Folded> all = new ArrayList<>();
        try (Cursor<InputLog.Entry> entries = log.read(0)) {
            while (entries.hasNext()) {
                if (codec.read(entries.next().bytes()) instanceof Logged.Folded each) {
                    all.add(each);
                }
            }
        }
        return all;
    }

    private static List<String> noted(Host host) {
        return host.history().effects("").stream()
                .map(noted -> noted.position() + " " + noted.effect().id() + " " + Transcript.line(noted.effect()))
                .toList();
    }

    private static long hindsight(Host host) {
        return host.history().effects("").stream()
                .filter(History.Noted::isHindsight)
                .count();
    }

    @Test
    void live_a_long_past_takes_effect_at_a_later_record_and_others_go_on_meanwhile() {
        try (Host host = open(log, store, OPTIONS)) {
            joinTwoLongPasts(host, true);
            assertThat(PutOff.of(store).isEmpty()).isFalse();
            State known = host.history().now(ANN).state();
            take(host, true, call().of("bob"));
            host.commit();
            assertThat(host.state(BOB).isEmpty()).isFalse();

            host.awaitFolded();
            assertThat(host.state(ANN)).isEqualTo(known);
            assertThat(hindsight(host)).isPositive();
            assertThat(folded())
                    .extracting(Logged.Folded::stage)
                    .containsExactly(Logged.Folded.Stage.STATE, Logged.Folded.Stage.NOTED);
        }
    }

    @Test
    void whoever_reads_the_log_again_comes_to_the_same() {
        try (Host host = open(log, store, OPTIONS)) {
            joinTwoLongPasts(host, true);
            host.finish();
            MemoryStateStore anew = new MemoryStateStore();
            try (Host again = open(log, anew, OPTIONS)) {
                assertThat(again.state(ANN)).isEqualTo(host.state(ANN));
                assertThat(noted(again)).isNotEmpty().isEqualTo(noted(host));
            }
        }
    }

    @Test
    void what_was_put_off_is_gone_on_with_after_the_host_was_closed() {
        try (Host host = open(log, store, OPTIONS)) {
            joinTwoLongPasts(host, true);
        }
        store.reopen();
        try (Host host = open(log, store, OPTIONS)) {
            host.awaitFolded();
            assertThat(host.state(ANN)).isEqualTo(host.history().now(ANN).state());
            assertThat(PutOff.of(store).isEmpty()).isTrue();
        }
    }

    @Test
    void history_is_worked_out_at_once_however_long_so_that_a_replay_is_always_the_same() {
        try (Host host = open(log, store, OPTIONS)) {
            joinTwoLongPasts(host, false);
            assertThat(PutOff.of(store).isEmpty()).isTrue();
            assertThat(host.state(ANN)).isEqualTo(host.history().now(ANN).state());
            assertThat(folded()).isEmpty();
        }
    }

    @Test
    void a_past_that_is_too_long_is_given_up_and_that_is_noticed() {
        try (Host host = open(log, store, OPTIONS.withLongestPast(200))) {
            joinTwoLongPasts(host, true);
            State before = host.state(ANN);
            host.awaitFolded();
            assertThat(host.state(ANN)).isEqualTo(before);
            assertThat(host.notices())
                    .extracting(notice -> notice.rejected().code().code())
                    .containsExactly(IdentityError.TOO_LONG.code());
            assertThat(folded()).extracting(Logged.Folded::stage).containsExactly(Logged.Folded.Stage.GIVEN_UP);
            // It goes on with what is known under the present name.
            take(host, true, call().of("ann"));
            host.commit();
            assertThat(host.state(ANN)).isNotEqualTo(before);
        }
    }

    /** Right after the merge, while the past is worked out, and once it has taken effect, while it is noted. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoever_is_erased_meanwhile_gets_no_other_key(boolean isInEffect, @TempDir Path folder) throws IOException {
        try (EmbeddedHost host = EmbeddedHost.open(folder, "test", PACK, OPTIONS)) {
            joinTwoLongPasts(host.host(), true);
            while (isInEffect && host.host().state(ANN).equals(before(host))) {
                host.host().sayFolded();
                host.host().commit();
            }
            assertThat(host.erase(ANN, "they asked", 1)).isPresent();
            host.host().awaitFolded();
            assertThat(host.host().state(ANN).isEmpty()).isTrue();
            assertThat(host.erase(ANN, "they asked", 1)).isEmpty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain("tablet");
            }
        }
    }

    /** The state of Ann as long as the past of the tablet has not taken effect. */
    private static State before(EmbeddedHost host) {
        State whole = host.host().history().now(ANN).state();
        State now = host.host().state(ANN);
        return now.equals(whole) ? State.EMPTY : now;
    }

    @Test
    void whoever_is_erased_meanwhile_is_not_worked_out_any_more() {
        try (Host host = open(log, store, OPTIONS)) {
            joinTwoLongPasts(host, true);
            host.forget(
                    new Logged.Erased(Origin.BY_HAND, List.of(1L), 1, "they asked"),
                    List.of(ANN),
                    host.identifiers(ANN),
                    subject -> null);
            host.awaitFolded();
            assertThat(host.state(ANN).isEmpty()).isTrue();
            assertThat(PutOff.of(store).isEmpty()).isTrue();
        }
    }
}
