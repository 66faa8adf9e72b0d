package dev.forestall.acceptance.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.embedded.Backup;
import dev.forestall.embedded.DataDirectory;
import dev.forestall.embedded.EmbeddedEngine;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.EngineOptions;
import dev.forestall.embedded.Host;
import dev.forestall.embedded.HostOptions;
import dev.forestall.embedded.IntakeOptions;
import dev.forestall.embedded.Tombstone;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Positions;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.testkit.Cursors;
import dev.forestall.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A directory is copied while it is written, goes on, erases somebody, is lost, and the copy is restored: more than once. */
class SimulationOfRestoresTest {

    private static final int RUNS = 4;
    private static final DataDirectory.Options LAYOUT =
            DataDirectory.Options.defaults("test").withOwnNames();
    private static final EngineOptions HISTORY =
            EngineOptions.defaults().withIntake(new IntakeOptions(10_000, 64 << 20, Duration.ofMillis(1), false));
    private static final long NOW = 1_700_000_000_000L;

    private final Town town = Town.ofHouseholds();
    private final Definition definition = town.definition();
    private int lostEffects;
    private int erasedAgain;

    @TempDir
    Path folder;

    @Test
    void what_was_said_stays_and_no_name_is_given_twice(TestInfo test) {
        int[] runs = new int[1];
        Seeds.each(test, RUNS, (seed, random) -> {
            runs[0]++;
            run(Files.createDirectory(folder.resolve("run-" + runs[0])), random);
        });
        if (runs[0] == RUNS) {
            assertThat(lostEffects).as("effects said behind the backup").isPositive();
            assertThat(erasedAgain).as("effects of customers erased again").isPositive();
        }
    }

    private void run(Path here, SplittableRandom random) {
        List<Logged> records = town.events(random.split(), 200 + random.nextInt(200));
        Path lost = here.resolve("lost");
        Path copy = here.resolve("copy");
        Path keys = here.resolve("copy.keys");
        SortedMap<String, String> said = goOnUntilLost(lost, copy, keys, records, random);

        Path list = lost.resolve(DataDirectory.ERASED);
        List<Path> erased = Files.exists(list) ? List.of(list) : List.of();
        Path first = here.resolve("first");
        Path second = here.resolve("second");
        Backup.restore(copy, keys, erased, first, LAYOUT);
        Backup.restore(copy, keys, erased, second, LAYOUT);
        requireSaidBefore(first, said);
        Ended stormy = goOn(first, records, random);
        Ended calm = goOn(second, records, null);

        assertThat(stormy.effects).isEqualTo(calm.effects);
        assertThat(stormy.states).isEqualTo(calm.states);
        Set<String> given = new TreeSet<>(said.keySet());
        assertThat(stormy.newNames).doesNotContainAnyElementsOf(given);
        given.addAll(stormy.newNames);
        assertThat(calm.newNames).hasSameSizeAs(stormy.newNames).doesNotContainAnyElementsOf(given);
    }

    /** Answers all that was ever said, by name. */
    private SortedMap<String, String> goOnUntilLost(
            Path lost, Path copy, Path keys, List<Logged> records, SplittableRandom random) {
        SortedMap<String, String> said;
        SubjectId customer;
        try (EmbeddedEngine engine =
                new EmbeddedEngine(EmbeddedHost.open(lost, LAYOUT, definition, options(random)), HISTORY)) {
            int copied = random.nextInt(records.size());
            List<CompletionStage<?>> waiting = new ArrayList<>();
            for (int i = 0; i < records.size(); i++) {
                if (i == copied) {
                    waiting.add(engine.backup(copy.toString(), keys.toString()));
                }
                waiting.add(((Acceptance.Taken) engine.accept(List.of(records.get(i)))).durable());
            }
            waiting.forEach(each -> each.toCompletableFuture().join());
        }
        try (EmbeddedHost host = EmbeddedHost.open(lost, LAYOUT, definition, options(random))) {
            said = byName(host);
            List<Identifier> all = Town.identifiers();
            customer = host.host().history().identity().customer(all.get(random.nextInt(all.size())));
            host.erase(customer, "they asked", NOW);
        }
        return said;
    }

    private static HostOptions options(SplittableRandom random) {
        return HostOptions.defaults().withPartitions(1 + random.nextInt(3)).withChunk(1 + random.nextInt(64));
    }

    /** All that a restored directory says was said, with the same words; of those who are erased again, only that it was. */
    private void requireSaidBefore(Path restored, SortedMap<String, String> said) {
        try (EmbeddedHost host = EmbeddedHost.open(restored, LAYOUT, definition, HostOptions.defaults())) {
            SortedMap<String, String> kept = byName(host);
            assertThat(said).containsAllEntriesOf(kept);
            List<Tombstone> tombstones = Cursors.toList(host.host().tombstones());
            erasedAgain += tombstones.size();
            // Of messages too it is left that they were, but nobody outside knows their names.
            long known = tombstones.stream()
                    .filter(each -> said.containsKey(each.name()))
                    .count();
            // All that was said of what the backup's log holds is there, or was erased again.
            History history = host.host().history();
            long end = 0;
            while (history.input(end).isPresent()) {
                end++;
            }
            long before = 0;
            for (String each : said.values()) {
                before += Long.parseLong(each.substring(0, each.indexOf(' '))) < end ? 1 : 0;
            }
            assertThat(kept.size() + known).isEqualTo(before);
            lostEffects += (int) (said.size() - before);
        }
    }

    /** How it went on. */
    private record Ended(List<String> effects, SortedMap<String, String> states, Set<String> newNames) {}

    /** @param random by which the process ends now and then, and other partitions take over; null when nothing happens */
    private Ended goOn(Path restored, List<Logged> records, @Nullable SplittableRandom random) {
        int next = 0;
        while (next < records.size()) {
            int until = random == null ? records.size() : Math.min(records.size(), next + 1 + random.nextInt(150));
            HostOptions options = random == null ? HostOptions.defaults() : options(random);
            try (EmbeddedHost host = EmbeddedHost.open(restored, LAYOUT, definition, options)) {
                records.subList(next, until).forEach(host.host()::accept);
            }
            next = until;
        }
        try (EmbeddedHost host = EmbeddedHost.open(restored, LAYOUT, definition, HostOptions.defaults())) {
            host.host().finish();
            List<String> effects = new ArrayList<>();
            SortedMap<String, String> states = new TreeMap<>();
            Set<String> newNames = new TreeSet<>();
            for (Effect effect : Cursors.toList(host.host().effects())) {
                effects.add(bytes(effect));
                states.put(
                        effect.subject().toString(),
                        HexFormat.of()
                                .formatHex(host.host().state(effect.subject()).bytes()));
                if (Positions.epoch(effect.id().position()) > 0 && !(effect instanceof Effect.SendMessage)) {
                    assertThat(newNames.add(host.effectNames().of(effect.id()))).isTrue();
                }
            }
            return new Ended(effects, states, newNames);
        }
    }

    /** What was said, but for messages between subjects, which nobody outside ever hears. */
    private static SortedMap<String, String> byName(EmbeddedHost host) {
        Host said = host.host();
        EffectNames names = host.effectNames();
        SortedMap<String, String> all = new TreeMap<>();
        for (Effect effect : Cursors.toList(said.effects())) {
            if (!(effect instanceof Effect.SendMessage)) {
                String line = effect.id().position() + " " + bytes(effect);
                assertThat(all.put(names.of(effect.id()), line)).isNull();
            }
        }
        return all;
    }

    private static String bytes(Effect effect) {
        return HexFormat.of().formatHex(new EffectCodec().write(effect));
    }
}
