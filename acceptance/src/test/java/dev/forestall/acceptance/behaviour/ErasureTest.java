package dev.forestall.acceptance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.embedded.Backup;
import dev.forestall.embedded.DataDirectory;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.HostOptions;
import dev.forestall.embedded.Tombstone;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.Transcript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is erased is nowhere any more, and everybody else is as they were. */
class ErasureTest {

    private static final String ERASED = "anna.schmidt@example.org";
    private static final String OTHER = "bert.maier@example.org";
    private static final Definition DEFINITION =
            TestPack.of(Shop.PLAN).signal("chasing", Shop.chasing()).ready();
    private static final DataDirectory.Options OPTIONS = DataDirectory.Options.defaults("test");
    private static final long NOW = 1_700_000_000_000L;

    private static Event called(String customer, int day) {
        TrackingPlan plan = DEFINITION.plan();
        return Event.of(
                        plan,
                        plan.type("called").orElseThrow(),
                        "",
                        Shop.day(day).toEpochMilli())
                .identifier(0, customer)
                .undeclared("note", "of " + customer)
                .build();
    }

    private static EmbeddedHost open(Path folder) {
        return EmbeddedHost.open(
                folder, "test", DEFINITION, HostOptions.defaults().withChunk(8));
    }

    private static void take(EmbeddedHost host, int from, int to) {
        for (int i = from; i < to; i++) {
            String customer = i % 3 == 0 ? ERASED : i % 3 == 1 ? OTHER : "c-" + i % 7;
            host.host().accept(new Logged.Arrived(new Origin("log", i, i + 1), called(customer, i / 30)));
        }
    }

    private static List<Effect> said(EmbeddedHost host) {
        List<Effect> said = new ArrayList<>();
        try (Cursor<Effect> effects = host.host().effects()) {
            effects.forEachRemaining(said::add);
        }
        return said;
    }

    private static List<String> lines(EmbeddedHost host, List<Effect> effects) {
        return effects.stream()
                .map(effect -> host.effectNames().of(effect.id()) + " " + Transcript.line(effect))
                .toList();
    }

    private static List<Effect> without(String customer, List<Effect> effects) {
        return effects.stream()
                .filter(effect -> !effect.subject().key().equals(customer))
                .toList();
    }

    private static List<Tombstone> tombstones(EmbeddedHost host) {
        List<Tombstone> tombstones = new ArrayList<>();
        try (Cursor<Tombstone> all = host.host().tombstones()) {
            all.forEachRemaining(tombstones::add);
        }
        return tombstones;
    }

    /** The files in which a text stands, among all bytes. */
    private static List<Path> holding(String text, Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> found = new ArrayList<>();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
            return found;
        }
    }

    @Test
    void names_stand_in_the_keys_only_and_nowhere_once_they_are_erased(@TempDir Path folder) throws IOException {
        try (EmbeddedHost host = open(folder)) {
            take(host, 0, 300);
            host.host()
                    .accept(new Logged.Rejection(
                            new Origin("log", 300, 301),
                            new Rejected(EventError.MALFORMED, "", "no record"),
                            "called," + ERASED));
            host.host().finish();
        }
        assertThat(holding(ERASED, folder)).isNotEmpty().allMatch(file -> file.startsWith(folder.resolve("keys")));
        try (EmbeddedHost host = open(folder)) {
            assertThat(host.erase(SubjectId.customer(ERASED), "they asked", NOW))
                    .hasValueSatisfying(erased -> {
                        assertThat(erased.names()).isEqualTo(1);
                        assertThat(erased.effects()).isPositive();
                    });
            assertThat(host.erase(SubjectId.customer(ERASED), "they asked", NOW))
                    .isEmpty();
            assertThat(holding(ERASED, folder)).isEmpty();
        }
        assertThat(holding(ERASED, folder)).isEmpty();
        assertThat(holding("anna", folder)).isEmpty();
        assertThat(holding(OTHER, folder)).isNotEmpty();
    }

    @Test
    void everybody_else_is_as_they_were_and_of_effects_stays_that_they_were(@TempDir Path folder) {
        List<String> others;
        List<String> names;
        long events;
        try (EmbeddedHost host = open(folder)) {
            take(host, 0, 300);
            host.host().finish();
            List<Effect> before = said(host);
            others = lines(host, without(ERASED, before));
            names = before.stream()
                    .filter(effect -> effect.subject().key().equals(ERASED))
                    .map(effect -> host.effectNames().of(effect.id()))
                    .toList();
            events = host.host().progress().events();
            host.erase(SubjectId.customer(ERASED), "they asked", NOW);
            assertThat(lines(host, said(host))).isEqualTo(others);
            assertThat(host.host().state(SubjectId.customer(ERASED)).isEmpty()).isTrue();
            assertThat(names).isNotEmpty();
            assertThat(tombstones(host).stream().map(Tombstone::name)).containsExactlyElementsOf(names);
        }
        try (EmbeddedHost host = open(folder)) {
            assertThat(lines(host, without(ERASED, said(host)))).isEqualTo(others);
            assertThat(host.host().progress().events()).isEqualTo(events);
            assertThat(host.host().history().input(1))
                    .hasValueSatisfying(read -> assertThat(read.logged())
                            .isInstanceOfSatisfying(
                                    Logged.Unreadable.class,
                                    left -> assertThat(left.origin()).isEqualTo(new Origin("log", 0, 1))));
        }
    }

    @Test
    void who_comes_back_is_somebody_new(@TempDir Path folder) {
        try (EmbeddedHost host = open(folder)) {
            take(host, 0, 90);
            host.host().finish();
            host.erase(SubjectId.customer(ERASED), "they asked", NOW);
            take(host, 90, 300);
            host.host().finish();
            Set<String> names = new HashSet<>();
            tombstones(host).forEach(each -> names.add(each.name()));
            List<Effect> again = said(host);
            assertThat(again).anyMatch(effect -> effect.subject().key().equals(ERASED));
            again.forEach(effect ->
                    assertThat(names.add(host.effectNames().of(effect.id()))).isTrue());
        }
    }

    @Test
    void a_restored_directory_gives_no_name_twice_and_erases_again(
            @TempDir Path folder, @TempDir Path copies, @TempDir Path restored) {
        Path keys = copies.resolve("apart.keys");
        List<String> lost;
        try (EmbeddedHost host = open(folder)) {
            take(host, 0, 200);
            host.host().commit();
        }
        Backup.write(folder, copies.resolve("data"), keys, OPTIONS);
        try (EmbeddedHost host = open(folder)) {
            take(host, 200, 400);
            host.host().finish();
            lost = said(host).stream()
                    .map(effect -> host.effectNames().of(effect.id()))
                    .toList();
            host.erase(SubjectId.customer(ERASED), "they asked", NOW);
        }
        Backup.restore(
                copies.resolve("data"), keys, List.of(folder.resolve("ERASED")), restored.resolve("data"), OPTIONS);
        try (EmbeddedHost host = open(restored.resolve("data"))) {
            assertThat(host.host().state(SubjectId.customer(ERASED)).isEmpty()).isTrue();
            assertThat(said(host)).noneMatch(effect -> effect.subject().key().equals(ERASED));
            List<String> kept = said(host).stream()
                    .map(effect -> host.effectNames().of(effect.id()))
                    .toList();
            assertThat(lost).containsAll(kept);
            long end = host.host().progress().events();
            assertThat(end).isEqualTo(200);
            take(host, 200, 400);
            host.host().finish();
            List<Effect> all = said(host);
            Set<String> names = new HashSet<>(lost);
            names.removeAll(kept);
            assertThat(names).isNotEmpty();
            int isNew = 0;
            for (Effect effect : all.subList(kept.size(), all.size())) {
                assertThat(names.add(host.effectNames().of(effect.id()))).isTrue();
                isNew++;
            }
            assertThat(isNew).isPositive();
        }
    }

    @Test
    void a_backup_without_its_keys_is_read_by_nobody(@TempDir Path folder, @TempDir Path copies) throws IOException {
        try (EmbeddedHost host = open(folder)) {
            take(host, 0, 200);
            host.host().commit();
        }
        Path keys = copies.resolve("apart.keys");
        Backup.write(folder, copies.resolve("data"), keys, OPTIONS);
        assertThat(holding(ERASED, copies.resolve("data"))).isEmpty();
        assertThat(holding(OTHER, copies)).containsExactly(keys);
    }

    @Test
    void nothing_is_erased_of_whom_nothing_is_known(@TempDir Path folder) {
        try (EmbeddedHost host = open(folder)) {
            take(host, 0, 10);
            assertThat(host.erase(SubjectId.customer("nobody"), "they asked", NOW))
                    .isEmpty();
        }
    }
}
