package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.testkit.Cursors;
import dev.forestall.testkit.MemoryStateStore;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An erasure that is interrupted is finished, and whoever reads the log again comes to the same but for those who were erased. */
class ErasureCrashTest {

    private static final SubjectId ANN = SubjectId.customer("ann");
    private static final long NOW = Times.START.toEpochMilli();
    private static final DataDirectory.Options LAYOUT =
            DataDirectory.Options.defaults("test").withOwnNames();
    private static final TestPlan PLAN =
            TestPlan.declare().identifier("deviceId", 2).event("called").ready();
    private static final Definition PACK = TestPack.of(PLAN)
            .signal(
                    "calling",
                    new Repeat(PLAN.any("called"), 2, Duration.ofDays(1).toMillis()))
            .ready();

    @TempDir(factory = MemoryDisk.class)
    Path folder;

    private static void take(Host host) {
        for (int i = 0; i < 60; i++) {
            String customer = List.of("ann", "bob", "eve").get(i % 3);
            host.accept(new Logged.Arrived(
                    new Origin("calls", i, 0),
                    PLAN.event("called")
                            .at(Times.minute(i * 60).toEpochMilli())
                            .of(customer)
                            .with("deviceId", "phone of " + customer)
                            .build()));
        }
        host.finish();
    }

    private static List<String> bytes(List<Effect> effects) {
        return effects.stream()
                .map(effect -> HexFormat.of().formatHex(new EffectCodec().write(effect)))
                .toList();
    }

    private static List<Effect> said(Host host) {
        return Cursors.toList(host.effects());
    }

    private EmbeddedHost open() {
        return EmbeddedHost.open(folder, LAYOUT, PACK, HostOptions.defaults());
    }

    /** The process has died. */
    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @EnumSource
    void what_a_crash_interrupts_is_finished_when_the_directory_is_opened_again(Erasure.Done last) throws IOException {
        List<Effect> before;
        TreeSet<String> names = new TreeSet<>();
        try (EmbeddedHost host = open()) {
            take(host.host());
            before = said(host.host());
            before.stream()
                    .filter(effect -> effect.subject().equals(ANN))
                    .forEach(effect -> names.add(host.effectNames().of(effect.id())));
        }
        assertThat(names).isNotEmpty();
        try (DataDirectory directory = DataDirectory.open(folder, LAYOUT);
                Host host = new Host(PACK, directory.log(), directory.state(), HostOptions.defaults())) {
            Erasure dying = new Erasure(directory, host, done -> {
                if (done == last) {
                    throw new Died();
                }
            });
            assertThatThrownBy(() -> dying.erase(ANN, "they asked", NOW)).isInstanceOf(Died.class);
        }
        try (EmbeddedHost host = open()) {
            assertThat(host.host().state(ANN).isEmpty()).isTrue();
            assertThat(host.host().history().identifiers(ANN)).hasSize(1);
            assertThat(bytes(said(host.host())))
                    .isEqualTo(bytes(before.stream()
                            .filter(effect -> !effect.subject().equals(ANN))
                            .toList()));
            assertThat(Cursors.toList(host.host().tombstones()))
                    .extracting(Tombstone::name)
                    .containsExactlyInAnyOrderElementsOf(names);
            assertThat(host.erase(ANN, "they asked", NOW)).isEmpty();
        }
        // Under the key, the names and the device.
        assertThat(Files.readAllLines(folder.resolve(DataDirectory.ERASED))).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void whoever_reads_the_log_again_comes_to_the_same_but_for_those_who_were_erased() {
        List<Effect> before;
        try (EmbeddedHost host = open()) {
            take(host.host());
            before = said(host.host());
            host.erase(ANN, "they asked", NOW);
        }
        try (DataDirectory directory = DataDirectory.open(folder, LAYOUT);
                Host known = new Host(PACK, directory.log(), directory.state(), HostOptions.defaults());
                Host again = new Host(PACK, directory.log(), new MemoryStateStore(), HostOptions.defaults())) {
            assertThat(bytes(said(again)))
                    .isNotEmpty()
                    .isEqualTo(bytes(said(known)))
                    .isEqualTo(bytes(before.stream()
                            .filter(effect -> !effect.subject().equals(ANN))
                            .toList()));
            for (String customer : List.of("bob", "eve", "ann")) {
                SubjectId subject = SubjectId.customer(customer);
                assertThat(again.state(subject)).isEqualTo(known.state(subject));
            }
            assertThat(again.progress().events()).isEqualTo(known.progress().events());
            assertThat(again.progress().tickMillis()).isEqualTo(known.progress().tickMillis());
        }
    }
}
