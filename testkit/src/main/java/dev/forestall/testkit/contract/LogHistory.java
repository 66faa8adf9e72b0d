package dev.forestall.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.host.InputLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** One random life of a log, with crashes, beside a list that remembers what was appended. */
final class LogHistory {

    private final InputLogContract contract;
    private final String name;
    private final SplittableRandom random;

    /** All that was appended and not lost, by position. What retention dropped stays in here. */
    private final List<InputLog.Entry> appended = new ArrayList<>();

    private InputLog log;
    private long nowMillis;

    LogHistory(InputLogContract contract, String name, SplittableRandom random) {
        this.contract = contract;
        this.name = name;
        this.random = random;
        log = contract.open(name);
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3, 4, 5 -> append(random.nextInt(1, 50));
                case 6, 7, 8 -> sync();
                case 9, 10 -> readFromSomewhere();
                case 11, 12, 13 -> readOne();
                case 14 -> retain();
                default -> reopen();
            }
        }
        reopen();
        compare(log.start());
        log.close();
    }

    private void append(int records) {
        for (int i = 0; i < records; i++) {
            nowMillis += random.nextInt(-20, 100);
            var bytes = new byte[random.nextInt(20) == 0 ? random.nextInt(1, 20_000) : random.nextInt(1, 300)];
            random.nextBytes(bytes);
            assertThat(log.append(bytes, nowMillis)).isEqualTo(appended.size());
            appended.add(new InputLog.Entry(appended.size(), nowMillis, bytes));
        }
        assertThat(log.end()).isEqualTo(appended.size());
    }

    private void sync() {
        assertThat(log.sync()).isEqualTo(appended.size());
        assertThat(log.durableEnd()).isEqualTo(appended.size());
    }

    private void readFromSomewhere() {
        compare(random.nextLong(log.start(), log.durableEnd() + 1));
    }

    private void readOne() {
        if (log.start() < log.durableEnd()) {
            var position = random.nextLong(log.start(), log.durableEnd());
            compare(log.get(position), position);
        }
    }

    private void retain() {
        var before = log.start();
        var beforeMillis = nowMillis - random.nextInt(5_000);
        var keepFrom = random.nextLong(log.durableEnd() + 1);
        var start = log.retain(beforeMillis, keepFrom);
        assertThat(start).isEqualTo(log.start()).isGreaterThanOrEqualTo(before);
        for (long dropped = before; dropped < start; dropped++) {
            assertThat(appended.get((int) dropped).atMillis()).isLessThan(beforeMillis);
            assertThat(dropped).isLessThan(keepFrom);
        }
    }

    private void reopen() {
        var durable = log.durableEnd();
        if (random.nextBoolean()) {
            log.close();
            durable = appended.size();
        } else {
            contract.crash(name, log);
        }
        log = contract.open(name);
        assertThat(log.durableEnd()).isBetween(durable, (long) appended.size()).isEqualTo(log.end());
        appended.subList((int) log.end(), appended.size()).clear();
    }

    private void compare(long from) {
        try (var cursor = log.read(from)) {
            for (long position = from; position < log.durableEnd(); position++) {
                compare(cursor.next(), position);
            }
            assertThat(cursor.hasNext()).isFalse();
        }
    }

    private void compare(InputLog.Entry read, long position) {
        var expected = appended.get((int) position);
        assertThat(read.position()).isEqualTo(position);
        assertThat(read.atMillis()).isEqualTo(expected.atMillis());
        assertThat(Arrays.mismatch(read.bytes(), expected.bytes()))
                .as("first byte that differs in record %d", position)
                .isEqualTo(-1);
    }
}
