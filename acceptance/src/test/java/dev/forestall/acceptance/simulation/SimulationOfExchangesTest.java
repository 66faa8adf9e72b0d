package dev.forestall.acceptance.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.embedded.Host;
import dev.forestall.embedded.HostOptions;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.StateStore;
import dev.forestall.testkit.Cursors;
import dev.forestall.testkit.MemoryInputLog;
import dev.forestall.testkit.MemoryStateStore;
import dev.forestall.testkit.Seeds;
import dev.forestall.testkit.Transcript;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Definitions are exchanged in the middle of the stream, also while the process dies. */
class SimulationOfExchangesTest {

    private static final int RUNS = Integer.getInteger("forestall.sim.runs", 20);

    private static List<Town> towns() {
        return List.of(Town.ofNumbers(), Town.ofHouseholds());
    }

    private static SortedMap<Integer, Definition> exchanges(Town town, SplittableRandom random, int records) {
        SortedMap<Integer, Definition> exchanges = new TreeMap<>();
        int before = 0;
        for (int i = 1 + random.nextInt(2); i >= 0; i--) {
            int other = random.nextInt(32);
            if (other != before) {
                exchanges.put((3 - i) * records / 4 + random.nextInt(records / 8), town.definition(other));
                before = other;
            }
        }
        return exchanges;
    }

    @ParameterizedTest
    @MethodSource("towns")
    void a_stormy_host_ends_like_a_calm_one(Town town, TestInfo test) {
        int[] crashes = new int[1];
        int[] prepared = new int[1];
        int[] runs = new int[1];
        Seeds.each(test, RUNS, (seed, random) -> {
            runs[0]++;
            List<Logged> records = town.events(random.split(), 200 + random.nextInt(200));
            SortedMap<Integer, Definition> exchanges = exchanges(town, random.split(), records.size());
            Ending calm = Storm.calm(town.definition(), records, exchanges);
            Storm storm = new Storm(town.definition(), records, exchanges, random.split(), UnaryOperator.identity());
            assertSame(storm.run(), calm);
            crashes[0] += storm.crashesInExchanges();
            prepared[0] += storm.exchangesPrepared();
        });
        if (runs[0] >= 10) {
            assertThat(crashes[0]).as("crashes in the middle of an exchange").isPositive();
            assertThat(prepared[0]).as("definitions prepared beside").isPositive();
        }
    }

    private static void assertSame(Ending stormy, Ending calm) {
        assertThat(stormy.log()).as("log").isEqualTo(calm.log());
        assertThat(stormy.effects()).as("effects").isEqualTo(calm.effects());
        assertThat(stormy.subjects()).as("subjects").isEqualTo(calm.subjects());
        assertThat(stormy.handedOut()).as("what was handed out").isEqualTo(calm.handedOut());
        assertThat(stormy.whoIsWho()).as("who is who").isEqualTo(calm.whoIsWho());
        assertThat(stormy.counts()).isEqualTo(calm.counts());
    }

    /** What is said, by id, to the byte; hindsight is not said. */
    private static Map<String, String> said(Host host) {
        EffectCodec codec = new EffectCodec();
        Map<String, String> said = new LinkedHashMap<>();
        Cursors.toList(host.effects())
                .forEach(effect -> said.put(
                        effect.id().subject() + " " + effect.id().position() + " "
                                + effect.id().index() + " "
                                + (effect instanceof Effect.SendMessage send ? send.to() : ""),
                        HexFormat.of().formatHex(codec.write(effect))));
        return said;
    }

    @ParameterizedTest
    @MethodSource("towns")
    void what_was_said_stays_said(Town town, TestInfo test) {
        Seeds.each(test, RUNS, (seed, random) -> {
            List<Logged> records = town.events(random.split(), 300);
            SortedMap<Integer, Definition> exchanges = exchanges(town, random.split(), records.size());
            try (Host host =
                    new Host(town.definition(), new MemoryInputLog(), new MemoryStateStore(), HostOptions.defaults())) {

                Map<String, String> before = Map.of();
                for (int i = 0; i < records.size(); i++) {
                    if (exchanges.containsKey(i)) {
                        host.commit();
                        before = said(host);
                        host.activate(exchanges.get(i));
                        assertThat(said(host)).isEqualTo(before);
                    }
                    host.accept(records.get(i));
                }
                host.finish();
                assertThat(said(host)).containsAllEntriesOf(before);
            }
        });
    }

    /** Signals of one name, without ids: those count what other declarations said at the same input. */
    private static List<String> of(Host host, String signal) {
        List<String> said = new ArrayList<>();
        Cursors.toList(host.effects()).forEach(effect -> {
            if (effect instanceof Effect.SignalChanged changed
                    && changed.signal().name().equals(signal)) {
                said.add(effect.subject() + " " + Transcript.line(effect));
            }
        });
        return said.stream().sorted().toList();
    }

    private static Host run(Town town, List<Logged> records, SortedMap<Integer, Definition> exchanges) {
        Host host = new Host(town.definition(), new MemoryInputLog(), new MemoryStateStore(), HostOptions.defaults());

        for (int i = 0; i < records.size(); i++) {
            if (exchanges.containsKey(i)) {
                host.activate(exchanges.get(i));
            }
            host.accept(records.get(i));
        }
        host.finish();
        return host;
    }

    /** At the same places, only another version of the program takes over, so that positions are the same. */
    private static SortedMap<Integer, Definition> otherPrograms(Town town, SortedMap<Integer, Definition> exchanges) {
        SortedMap<Integer, Definition> others = new TreeMap<>();
        exchanges.forEach((at, unused) -> others.put(at, town.definition().answeredBy(1_000 + at)));
        return others;
    }

    @Test
    void unchanged_declarations_say_the_same_as_if_nothing_had_changed(TestInfo test) {
        Town town = Town.ofNumbers();
        int[] compared = new int[1];
        Seeds.each(test, RUNS, (seed, random) -> {
            // In time and of one source, so that whoever is woken at another tick is not late for it.
            List<Logged> records = town.punctual(random.split(), 300);
            SortedMap<Integer, Definition> exchanges = exchanges(town, random.split(), records.size());
            try (Host changing = run(town, records, exchanges);
                    Host steady = run(town, records, otherPrograms(town, exchanges))) {
                for (String signal :
                        List.of("unpaid_call", "visit_only", "odd_bill", "overdue", "busy_branch", "many_calls")) {
                    assertThat(of(changing, signal)).as(signal).isEqualTo(of(steady, signal));
                    compared[0] += of(steady, signal).size();
                }
            }
        });
        assertThat(compared[0]).isPositive();
    }

    @Test
    void others_go_on_while_the_states_of_a_definition_are_made_beside() {
        Town town = Town.ofNumbers();
        List<Logged> records = town.events(new SplittableRandom(7), 300);
        CountDownLatch isSeen = new CountDownLatch(1);
        MemoryInputLog log = new MemoryInputLog();
        MemoryStateStore store = new MemoryStateStore();
        StateStore slow = new Disk(store) {
            @Override
            public Cursor<Subject> subjects(byte[] prefix) {
                try {
                    isSeen.await();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
                return super.subjects(prefix);
            }
        };
        Ending changed;
        try (Host host = new Host(town.definition(), log, slow, HostOptions.defaults())) {
            records.subList(0, 200).forEach(host::accept);
            CompletableFuture<Boolean> ready = host.prepare(town.definition(5)).toCompletableFuture();
            long before = log.end();
            records.subList(200, 250).forEach(host::accept);
            host.commit();
            assertThat(store.position()).isGreaterThan(before);
            assertThat(ready).isNotDone();
            isSeen.countDown();
            ready.join();
            host.activate(town.definition(5));
            records.subList(250, 300).forEach(host::accept);
            host.finish();
            changed = Ending.of(host, log, store, Cursors.toList(host.effects()));
        }
        SortedMap<Integer, Definition> exchange = new TreeMap<>(Map.of(250, town.definition(5)));
        assertSame(changed, Storm.calm(town.definition(), records, exchange));
    }

    /** Something wrong with what an exchange goes by. */
    enum ExchangeMutant {
        /** Not all subjects get states under the new definition. */
        LEAVES_SUBJECTS_BEHIND {
            @Override
            StateStore applyTo(StateStore real) {
                return new Disk(real) {
                    @Override
                    public Cursor<Subject> subjects(byte[] prefix) {
                        Cursor<Subject> all = real.subjects(prefix);
                        if (all.hasNext()) {
                            all.next();
                        }
                        return all;
                    }
                };
            }
        },
        /** While states are made beside the live ones, nobody is woken in them. */
        WAKES_NOBODY_BESIDE {
            @Override
            StateStore applyTo(StateStore real) {
                return new Disk(real) {
                    @Override
                    public List<Wake> dueIn(int generation, long untilMillis) {
                        return List.of();
                    }
                };
            }
        },
        /** After a crash the first definition is taken for the one in force. */
        FORGETS_WHAT_IS_IN_FORCE {
            @Override
            StateStore applyTo(StateStore real) {
                return new Disk(real) {
                    private final Optional<byte[]> atStart = real.named("first-activations");

                    @Override
                    public Optional<byte[]> named(String name) {
                        return name.equals("activations") && atStart.isPresent() ? atStart : real.named(name);
                    }

                    @Override
                    public void commit(Batch batch) {
                        real.commit(batch);
                        if (real.named("first-activations").isEmpty()
                                && real.named("activations").isPresent()) {
                            try (Batch first = real.batch()) {
                                first.named(
                                        "first-activations",
                                        real.named("activations").get());
                                real.commit(first);
                            }
                        }
                    }
                };
            }
        },
        /** Of what a subject's new memory is filled from, something is missing. */
        READS_NOT_ALL_INPUTS {
            @Override
            StateStore applyTo(StateStore real) {
                return new Disk(real) {
                    @Override
                    public Cursor<Long> inputs(byte[] subject, long fromPosition) {
                        Cursor<Long> all = real.inputs(subject, fromPosition);
                        if (all.hasNext()) {
                            all.next();
                        }
                        return all;
                    }
                };
            }
        };

        abstract StateStore applyTo(StateStore real);
    }

    @ParameterizedTest
    @EnumSource(ExchangeMutant.class)
    void an_exchange_with_something_wrong_is_noticed(ExchangeMutant mutant) {
        boolean noticed = false;
        for (long seed = 1; seed <= 30 && !noticed; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Town town = towns().get((int) seed % 2);
            List<Logged> records = town.events(random.split(), 300);
            SortedMap<Integer, Definition> exchanges = exchanges(town, random.split(), records.size());
            Ending calm = Storm.calm(town.definition(), records, exchanges);
            try {
                assertSame(
                        new Storm(town.definition(), records, exchanges, random.split(), mutant::applyTo).run(), calm);
            } catch (AssertionError | RuntimeException different) {
                noticed = true;
            }
        }
        assertThat(noticed).as("some run of 30 differs from its calm one").isTrue();
    }
}
