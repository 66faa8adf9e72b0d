package dev.forestall.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Positions;
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

    /** The position that the next record must get. */
    private long end;

    LogHistory(InputLogContract contract, String name, SplittableRandom random) {
        this.contract = contract;
        this.name = name;
        this.random = random;
        log = contract.open(name);
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(17)) {
                case 0, 1, 2, 3, 4, 5 -> append(random.nextInt(1, 50));
                case 6, 7, 8 -> sync();
                case 9, 10 -> readFromSomewhere();
                case 11, 12, 13 -> readOne();
                case 14 -> retain();
                case 15 -> raiseEpoch();
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
            assertThat(log.append(bytes, nowMillis)).isEqualTo(end);
            appended.add(new InputLog.Entry(end++, nowMillis, bytes));
        }
        assertThat(log.end()).isEqualTo(end);
    }

    private void sync() {
        assertThat(log.sync()).isEqualTo(end);
        assertThat(log.durableEnd()).isEqualTo(end);
    }

    private void raiseEpoch() {
        end = Positions.first(Positions.epoch(end) + 1);
        assertThat(log.raiseEpoch()).isEqualTo(end).isEqualTo(log.durableEnd());
    }

    private void readFromSomewhere() {
        var readable = readable();
        compare(
                readable.isEmpty()
                        ? log.durableEnd()
                        : random.nextInt(4) == 0
                                ? log.start()
                                : readable.get(random.nextInt(readable.size())).position() + random.nextInt(2));
    }

    private void readOne() {
        var readable = readable();
        if (!readable.isEmpty()) {
            var expected = readable.get(random.nextInt(readable.size()));
            compare(log.get(expected.position()), expected);
        }
    }

    /** What must be there to read. */
    private List<InputLog.Entry> readable() {
        return appended.stream()
                .filter(entry -> entry.position() >= log.start() && entry.position() < log.durableEnd())
                .toList();
    }

    private void retain() {
        var before = log.start();
        var beforeMillis = nowMillis - random.nextInt(5_000);
        var keepFrom = random.nextInt(4) == 0 || appended.isEmpty()
                ? log.durableEnd()
                : appended.get(random.nextInt(appended.size())).position();
        var start = log.retain(beforeMillis, keepFrom);
        assertThat(start).isEqualTo(log.start()).isGreaterThanOrEqualTo(before);
        for (var entry : appended) {
            if (entry.position() >= before && entry.position() < start) {
                assertThat(entry.atMillis()).isLessThan(beforeMillis);
                assertThat(entry.position()).isLessThan(keepFrom);
            }
        }
    }

    private void reopen() {
        var durable = log.durableEnd();
        if (random.nextBoolean()) {
            log.close();
            durable = end;
        } else {
            contract.crash(name, log);
        }
        log = contract.open(name);
        assertThat(log.durableEnd()).isBetween(durable, end).isEqualTo(log.end());
        end = log.end();
        appended.removeIf(entry -> entry.position() >= end);
    }

    private void compare(long from) {
        try (var cursor = log.read(from)) {
            for (var expected : readable()) {
                if (expected.position() >= from) {
                    compare(cursor.next(), expected);
                }
            }
            assertThat(cursor.hasNext()).isFalse();
        }
    }

    private static void compare(InputLog.Entry read, InputLog.Entry expected) {
        var position = expected.position();
        assertThat(read.position()).isEqualTo(position);
        assertThat(read.atMillis()).isEqualTo(expected.atMillis());
        assertThat(Arrays.mismatch(read.bytes(), expected.bytes()))
                .as("first byte that differs in record %d", position)
                .isEqualTo(-1);
    }
}
