package dev.forestall.acceptance.simulation;

import dev.forestall.embedded.Host;
import dev.forestall.embedded.HostOptions;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.host.EffectBatch;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.Subscription;
import dev.forestall.loop.host.SubscriptionStart;
import dev.forestall.testkit.Cursors;
import dev.forestall.testkit.MemoryInputLog;
import dev.forestall.testkit.MemoryStateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the same records through a host to which things happen, until all of them are in. */
final class Storm {

    /** What can happen to a host. */
    enum Fault {
        CRASH_BEFORE_COMMIT,
        CRASH_AFTER_COMMIT,
        CRASH_BETWEEN_COMMITS,
        /** What was written and not synced is gone, as when the power fails. */
        POWER_LOSS,
        REPEATED_INPUT,
        /** A source goes back by up to hundreds of records. */
        REREAD,
        LATE_INPUT,
        CLOCK_JUMP,
        /** Started again with another number of partitions. */
        OTHER_PARTITIONS,
        /** Who reads the effects fails, before or after having taken some. */
        SUBSCRIBER_FAILS,
        /** Another one who reads them does not answer any more. */
        SUBSCRIBER_HANGS
    }

    /** With it nobody has to wait. */
    private static final class HurriedClock implements HostClock {

        @Override
        public long nowMillis() {
            return 0;
        }

        @Override
        public Alarm after(Duration delay, Runnable task) {
            CompletableFuture.runAsync(task);
            return () -> {};
        }
    }

    private static final long DAY = 86_400_000;
    private static final Retries TIRELESS =
            new Retries(Duration.ofSeconds(1), Duration.ofSeconds(1), Integer.MAX_VALUE);

    private final Definition definition;
    private final List<Logged> records;
    /** By the number of a record, which definition takes over before it. */
    private final SortedMap<Integer, Definition> exchanges;

    private final SplittableRandom random;
    private final UnaryOperator<StateStore> mutation;
    private final Map<Fault, Integer> happened = new EnumMap<>(Fault.class);

    private final MemoryInputLog log = new MemoryInputLog();
    private final MemoryStateStore store = new MemoryStateStore();
    private final List<Effect> heard = Collections.synchronizedList(new ArrayList<>());
    private int partitions = 1;
    private int longPast = HostOptions.defaults().longPast();
    private int crashesInExchanges;
    private int exchangesPrepared;
    private Optional<CompletableFuture<Boolean>> prepared = Optional.empty();
    /** How many records the host has said are durable. */
    private int acknowledged;

    Storm(Definition definition, List<Logged> records, SplittableRandom random, UnaryOperator<StateStore> mutation) {
        this(definition, records, new TreeMap<>(), random, mutation);
    }

    Storm(
            Definition definition,
            List<Logged> records,
            SortedMap<Integer, Definition> exchanges,
            SplittableRandom random,
            UnaryOperator<StateStore> mutation) {
        this.definition = definition;
        this.records = records;
        this.exchanges = exchanges;
        this.random = random;
        this.mutation = mutation;
    }

    /** The same without anything happening but exchanges of the definition. */
    static Ending calm(Definition definition, List<Logged> records, SortedMap<Integer, Definition> exchanges) {
        MemoryInputLog log = new MemoryInputLog();
        MemoryStateStore store = new MemoryStateStore();
        try (Host host = new Host(definition, log, store, new HostOptions(1, 100, 1 << 20))) {
            for (int i = 0; i < records.size(); i++) {
                if (exchanges.containsKey(i)) {
                    host.activate(exchanges.get(i));
                }
                host.accept(records.get(i));
            }
            host.finish();
            return Ending.of(host, log, store, Cursors.toList(host.effects()));
        }
    }

    /** From how many inputs on a past is worked out beside. */
    Storm withLongPast(int inputs) {
        longPast = inputs;
        return this;
    }

    /** How somebody ends who reads the log of the storm again, in peace. */
    Ending readAgain() {
        MemoryStateStore anew = new MemoryStateStore();
        var options = new HostOptions(1, 100, 1 << 20).withLongPast(longPast).withDefinitions(this::named);
        try (Host host = Host.asInForce(definition, log, anew, options)) {
            host.awaitFolded();
            return Ending.of(host, log, anew, Cursors.toList(host.effects()));
        }
    }

    /** In how many exchanges the process died. */
    int crashesInExchanges() {
        return crashesInExchanges;
    }

    /** How often most of what a definition needed to take over was made before it did. */
    int exchangesPrepared() {
        return exchangesPrepared;
    }

    /** The same without anything happening. */
    static Ending calm(Definition definition, List<Logged> records) {
        MemoryInputLog log = new MemoryInputLog();
        MemoryStateStore store = new MemoryStateStore();
        try (Host host = new Host(definition, log, store, new HostOptions(1, 100, 1 << 20))) {
            records.forEach(host::accept);
            host.finish();
            return Ending.of(host, log, store, Cursors.toList(host.effects()));
        }
    }

    /** How often each kind of fault happened. */
    Map<Fault, Integer> happened() {
        return happened;
    }

    Ending run() {
        countFaultsOfTheStream();
        while (true) {
            Disk disk = new Disk(mutation.apply(store));
            @Nullable Host host = null;
            try {
                host = open(disk);
                Subscription reading = subscribe(host);
                feed(host, disk);
                host.finish();
                reading.caughtUp().toCompletableFuture().join();
                Ending ending = Ending.of(host, log, store, heard);
                host.close();
                return ending;
            } catch (Disk.Crash crash) {
                disk.kill();
                abandon(host);
                recover();
            }
        }
    }

    private Host open(Disk disk) {
        prepared = Optional.empty();
        int before = partitions;
        partitions = 1 + random.nextInt(4);
        if (partitions != before) {
            count(Fault.OTHER_PARTITIONS);
        }
        var options = new HostOptions(partitions, 1 + random.nextInt(60), 1 << 14)
                .withLongPast(longPast)
                .withClock(new HurriedClock())
                .withDefinitions(this::named);
        return Host.asInForce(definition, log, disk, options);
    }

    private Optional<Definition> named(String hash) {
        return Stream.concat(Stream.of(definition), exchanges.values().stream())
                .filter(each -> each.hash().equals(hash))
                .findFirst();
    }

    /** Lets what somebody needs whose turn comes soon be made beside; not all wait for it. */
    private void prepare(Host host, int next) {
        SortedMap<Integer, Definition> soon = exchanges.subMap(next, next + 40);
        if (prepared.isEmpty() && !soon.isEmpty() && random.nextInt(20) == 0) {
            Definition first = soon.values().iterator().next();
            CompletableFuture<Boolean> ready = host.prepare(first).toCompletableFuture();
            prepared = Optional.of(ready);
            if (random.nextInt(3) > 0) {
                try {
                    ready.join();
                    exchangesPrepared++;
                } catch (CompletionException failed) {
                    throw failed.getCause() instanceof Disk.Crash crash ? crash : failed;
                }
            }
        }
    }

    /** Lets those take over whose turn it is before a record, unless they did before a crash. */
    private void exchange(Host host, Disk disk, int next) {
        prepare(host, next);
        Definition other = exchanges.get(next);
        if (other == null || host.activations().size() > exchanges.headMap(next).size() + 1) {
            return;
        }
        boolean isToDie = random.nextBoolean();
        if (isToDie) {
            host.commit();
            disk.failAfter(
                    random.nextInt(4), random.nextBoolean() ? Disk.Fails.BEFORE_COMMIT : Disk.Fails.AFTER_COMMIT);
        }
        try {
            prepared = Optional.empty();
            host.activate(other);
            disk.failAfter(0, Disk.Fails.NEVER);
        } catch (Disk.Crash crash) {
            crashesInExchanges++;
            throw crash;
        }
    }

    /** One who reads the effects and sometimes fails, and one who hangs from some batch on. */
    private Subscription subscribe(Host host) {
        SplittableRandom dice = random.split();
        int taken = random.nextInt(5);
        AtomicInteger left = new AtomicInteger(taken);
        host.subscribe("hanging", new SubscriptionStart.Beginning(), batch -> hang(left), TIRELESS);
        return host.subscribe("heard", new SubscriptionStart.Beginning(), batch -> hear(batch, dice), TIRELESS);
    }

    private void hear(EffectBatch batch, SplittableRandom dice) {
        int fails = dice.nextInt(4);
        if (fails == 0) {
            heard.addAll(batch.effects().subList(0, dice.nextInt(batch.effects().size())));
        }
        if (fails <= 1) {
            count(Fault.SUBSCRIBER_FAILS);
            throw new IllegalStateException("the subscriber is out of order");
        }
        heard.addAll(batch.effects());
    }

    private void hang(AtomicInteger left) throws InterruptedException {
        if (left.getAndDecrement() == 0) {
            count(Fault.SUBSCRIBER_HANGS);
            new CountDownLatch(1).await();
        }
    }

    /** Feeds records from the first one that was not acknowledged: whoever was not answered sends again. */
    private void feed(Host host, Disk disk) {
        for (int next = acknowledged; next < records.size(); next++) {
            exchange(host, disk, next);
            host.accept(records.get(next));
            switch (random.nextInt(60)) {
                case 0 -> {
                    count(Fault.REPEATED_INPUT);
                    host.accept(records.get(next));
                }
                case 1 -> {
                    count(Fault.REREAD);
                    for (int again = Math.max(0, next - random.nextInt(400)); again <= next; again++) {
                        host.accept(records.get(again));
                    }
                }
                case 2 -> {
                    host.commit();
                    acknowledged = next + 1;
                }
                case 3 -> fail(host, disk, Disk.Fails.BEFORE_COMMIT, Fault.CRASH_BEFORE_COMMIT);
                case 4 -> fail(host, disk, Disk.Fails.AFTER_COMMIT, Fault.CRASH_AFTER_COMMIT);
                case 5 -> {
                    count(Fault.CRASH_BETWEEN_COMMITS);
                    throw new Disk.Crash("between commits");
                }
                default -> {}
            }
        }
    }

    private void fail(Host host, Disk disk, Disk.Fails when, Fault fault) {
        disk.failNext(when);
        count(fault);
        host.commit();
        throw new Disk.Crash("with nothing to commit");
    }

    /** Its process is gone; only its threads must not linger. */
    private static void abandon(@Nullable Host host) {
        if (host != null) {
            try {
                host.close();
            } catch (RuntimeException dead) {
                // It could not commit: that is what being dead means.
            }
        }
    }

    private void recover() {
        if (random.nextInt(3) == 0) {
            count(Fault.POWER_LOSS);
            store.losePower(random.nextInt(3));
        } else {
            store.reopen();
        }
        log.crash(random.nextInt(5));
    }

    private void countFaultsOfTheStream() {
        long latest = Long.MIN_VALUE;
        for (Logged logged : records) {
            if (logged instanceof Logged.Arrived arrived) {
                long at = arrived.event().atMillis();
                if (at < latest) {
                    count(Fault.LATE_INPUT);
                }
                if (latest != Long.MIN_VALUE && at > latest + 2 * DAY) {
                    count(Fault.CLOCK_JUMP);
                }
                latest = Math.max(latest, at);
            }
        }
    }

    private synchronized void count(Fault fault) {
        happened.merge(fault, 1, Integer::sum);
    }
}
