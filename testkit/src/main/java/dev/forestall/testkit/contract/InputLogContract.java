package dev.forestall.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.InputLog.Entry;
import dev.forestall.loop.host.Positions;
import dev.forestall.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The law of {@link InputLog}. An implementation's test extends this and says how its logs are opened and how they crash. */
public abstract class InputLogContract {

    /**
     * Opens the log of that name; when it was closed or has crashed before, it holds what it must hold. Where retention
     * drops whole pieces, these have at most 64 KiB.
     */
    protected abstract InputLog open(String name);

    /** Ends the log's process without closing it, and loses at least some of what is not yet handed to the disk. */
    protected abstract void crash(String name, InputLog log);

    @Test
    void positions_are_counted_from_zero_without_gaps() {
        try (var log = open("log")) {
            assertThat(log.append(bytes("a"), 1)).isEqualTo(0);
            assertThat(log.append(bytes("b"), 1)).isEqualTo(1);
            log.sync();
            assertThat(log.append(bytes("c"), 1)).isEqualTo(2);
            assertThat(log.start()).isEqualTo(0);
            assertThat(log.end()).isEqualTo(3);
        }
    }

    @Test
    void an_empty_log_can_be_read_closed_and_opened_again() {
        for (int i = 0; i < 2; i++) {
            try (var log = open("log")) {
                assertThat(log.end()).isEqualTo(0);
                assertThat(log.sync()).isEqualTo(0);
                assertThat(read(log, 0)).isEmpty();
            }
        }
    }

    @Test
    void records_come_back_in_order_with_their_positions_and_times() {
        try (var log = open("log")) {
            log.append(bytes("late"), 7_000);
            log.append(bytes("early"), -5);
            log.append(bytes("never"), Long.MAX_VALUE);
            log.sync();
            assertThat(read(log, 0)).containsExactly("0 @7000 late", "1 @-5 early", "2 @9223372036854775807 never");
            assertThat(read(log, 2)).containsExactly("2 @9223372036854775807 never");
            assertThat(read(log, 3)).isEmpty();
        }
    }

    @Test
    void what_is_not_yet_durable_can_not_be_read() {
        try (var log = open("log")) {
            log.append(bytes("a"), 1);
            log.sync();
            log.append(bytes("b"), 1);
            assertThat(log.durableEnd()).isEqualTo(1);
            assertThat(read(log, 0)).containsExactly("0 @1 a");
            assertThatThrownBy(() -> log.get(1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.read(2)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_cursor_at_the_end_goes_on_when_more_becomes_durable() {
        try (var log = open("log");
                var cursor = log.read(0)) {
            assertThat(cursor.hasNext()).isFalse();
            assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
            for (int i = 0; i < 3_000; i++) {
                log.append(bytes("record " + i), i);
                if (i % 7 == 0) {
                    log.sync();
                    while (cursor.hasNext()) {
                        var entry = cursor.next();
                        assertThat(text(entry)).isEqualTo("record " + entry.position());
                    }
                    assertThat(cursor.hasNext()).isFalse();
                }
            }
        }
    }

    @Test
    void closing_makes_all_durable() {
        try (var log = open("log")) {
            log.append(bytes("a"), 1);
        }
        try (var log = open("log")) {
            assertThat(read(log, 0)).containsExactly("0 @1 a");
            assertThat(log.append(bytes("b"), 2)).isEqualTo(1);
            log.sync();
            assertThat(read(log, 0)).containsExactly("0 @1 a", "1 @2 b");
        }
    }

    @Test
    void a_closed_log_takes_and_gives_nothing_more_and_may_be_closed_again() {
        var log = open("log");
        log.append(bytes("a"), 1);
        log.close();
        log.close();
        assertThatThrownBy(() -> log.append(bytes("b"), 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(log::sync).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> log.read(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> log.get(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_crash_takes_nothing_that_was_synced_and_positions_go_on_behind_it() {
        var log = open("log");
        for (int i = 0; i < 2_000; i++) {
            log.append(bytes("record " + i), i);
            if (i == 1_700) {
                log.sync();
            }
        }
        crash("log", log);
        try (var again = open("log")) {
            assertThat(again.durableEnd()).isBetween(1_701L, 2_000L);
            assertThat(again.end()).isEqualTo(again.durableEnd());
            assertThat(again.append(bytes("next"), 1)).isEqualTo(again.end() - 1);
            again.sync();
            assertThat(text(again.get(1_700))).isEqualTo("record 1700");
            assertThat(text(again.get(again.end() - 1))).isEqualTo("next");
            assertThat(read(again, 0)).hasSize((int) again.end());
        }
    }

    @Test
    void any_record_is_found_by_its_position() {
        try (var log = open("log")) {
            for (int i = 0; i < 5_000; i++) {
                log.append(bytes("record " + i), i);
            }
            log.sync();
            for (int i = 4_999; i >= 0; i -= 13) {
                assertThat(text(log.get(i))).isEqualTo("record " + i);
                assertThat(log.get(i).atMillis()).isEqualTo(i);
            }
        }
    }

    @Test
    void a_record_has_one_byte_to_sixteen_mebibytes() {
        try (var log = open("log")) {
            var longest = new byte[InputLog.MAX_RECORD_BYTES];
            Arrays.fill(longest, (byte) 7);
            log.append(new byte[1], 1);
            log.append(longest, 1);
            log.append(bytes("b"), 1);
            log.sync();
            assertThat(log.get(0).bytes()).containsExactly(0);
            assertThat(Arrays.mismatch(log.get(1).bytes(), longest)).isEqualTo(-1);
            assertThat(text(log.get(2))).isEqualTo("b");
            assertThatThrownBy(() -> log.append(new byte[0], 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.append(new byte[InputLog.MAX_RECORD_BYTES + 1], 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(log.end()).isEqualTo(3);
        }
    }

    @Test
    void a_record_may_be_part_of_an_array_that_is_used_again() {
        try (var log = open("log")) {
            var buffer = bytes("one record");
            log.append(buffer, 4, 3, 1);
            Arrays.fill(buffer, (byte) 0);
            log.sync();
            assertThat(text(log.get(0))).isEqualTo("rec");
            var read = log.get(0).bytes();
            read[0] = 0;
            assertThat(text(log.get(0))).isEqualTo("rec");
            assertThatThrownBy(() -> log.append(buffer, 8, 3, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void retention_drops_old_records_from_the_front_and_no_young_one() {
        try (var log = filled(open("log"), 10_000)) {
            assertThat(log.retain(0, Long.MAX_VALUE)).isEqualTo(0);
            var start = log.retain(9_000, Long.MAX_VALUE);
            assertThat(start).isBetween(1L, 9_000L).isEqualTo(log.start());
            assertThat(read(log, start)).hasSize((int) (10_000 - start));
            assertThat(text(log.get(start))).isEqualTo(hundred(start));
            assertThatThrownBy(() -> log.get(start - 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.read(start - 1)).isInstanceOf(IllegalArgumentException.class);
        }
        try (var log = open("log")) {
            assertThat(log.start()).isGreaterThan(0);
            assertThat(log.end()).isEqualTo(10_000);
            assertThat(read(log, log.start())).hasSize((int) (10_000 - log.start()));
        }
    }

    @Test
    void retention_keeps_what_the_host_still_needs_whatever_its_age() {
        try (var log = filled(open("log"), 10_000)) {
            var start = log.retain(Long.MAX_VALUE, 4_000);
            assertThat(start).isBetween(1L, 4_000L);
            assertThat(text(log.get(4_000))).isEqualTo(hundred(4_000));
        }
    }

    @Test
    void an_old_record_behind_a_young_one_is_kept() {
        try (var log = open("log")) {
            log.append(bytes("young"), 1_000_000);
            filled(log, 10_000);
            assertThat(log.retain(500_000, Long.MAX_VALUE)).isEqualTo(0);
            assertThat(read(log, 0)).hasSize(10_001);
        }
    }

    @Test
    void a_new_epoch_goes_on_with_positions_that_were_never_given() {
        long second = Positions.first(1);
        try (var log = filled(open("log"), 10)) {
            log.append(bytes("last"), 10);
            try (var cursor = log.read(9)) {
                assertThat(log.raiseEpoch()).isEqualTo(second).isEqualTo(log.end());
                assertThat(log.durableEnd()).isEqualTo(second);
                assertThat(text(cursor.next())).isEqualTo(hundred(9));
                assertThat(text(cursor.next())).isEqualTo("last");
                assertThat(cursor.hasNext()).isFalse();
                assertThat(log.append(bytes("first of the new"), 11)).isEqualTo(second);
                assertThat(cursor.hasNext()).isFalse();
                log.sync();
                assertThat(cursor.next().position()).isEqualTo(second);
                assertThat(cursor.hasNext()).isFalse();
            }
        }
        try (var log = open("log")) {
            assertThat(log.end()).isEqualTo(second + 1);
            assertThat(read(log, 10)).containsExactly("10 @10 last", second + " @11 first of the new");
            assertThat(read(log, 11)).containsExactly(second + " @11 first of the new");
            assertThat(text(log.get(second))).isEqualTo("first of the new");
            assertThat(log.has(10)).isTrue();
            assertThat(log.has(11)).isFalse();
            assertThat(log.has(second)).isTrue();
            assertThat(log.has(second + 1)).isFalse();
            assertThatThrownBy(() -> log.get(11)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void epochs_without_records_are_stepped_over() {
        try (var log = open("log")) {
            log.raiseEpoch();
            log.raiseEpoch();
        }
        try (var log = open("log")) {
            assertThat(log.end()).isEqualTo(Positions.first(2));
            assertThat(log.start()).isEqualTo(0);
            assertThat(read(log, 0)).isEmpty();
            assertThat(log.latest(5)).isEqualTo(0);
            assertThat(log.firstLater(5, log.end())).isEqualTo(log.end());
            log.append(bytes("a"), 1);
            log.raiseEpoch();
            assertThat(read(log, 0)).containsExactly(Positions.first(2) + " @1 a");
        }
    }

    @Test
    void the_latest_records_and_those_later_than_an_instant_are_found_across_epochs() {
        List<Long> positions = new ArrayList<>();
        try (var log = open("log")) {
            for (int i = 0; i < 3_000; i++) {
                if (i % 700 == 0) {
                    log.raiseEpoch();
                }
                positions.add(log.append(bytes(hundred(i)), i / 2));
            }
            log.sync();
            for (int i = 0; i < 3_000; i += 2) {
                assertThat(log.firstLater(i / 2 - 1, log.end())).isEqualTo(positions.get(i));
                assertThat(log.latest(3_000 - i)).isEqualTo(positions.get(i));
            }
            long middle = positions.get(1_500);
            assertThat(log.firstLater(5_000, log.end())).isEqualTo(log.end());
            assertThat(log.firstLater(5_000, middle)).isEqualTo(middle);
            assertThat(log.firstLater(-1, log.end())).isEqualTo(positions.getFirst());
            assertThat(log.latest(0)).isEqualTo(log.end());
            assertThat(log.latest(4_000)).isEqualTo(0);
        }
    }

    @Test
    void many_threads_append_and_each_returns_only_when_its_record_is_durable() throws Exception {
        try (var log = open("log");
                var threads = Executors.newFixedThreadPool(8)) {
            var appender = new GroupAppender(log);
            var tasks = new ArrayList<Callable<List<Long>>>();
            for (int thread = 0; thread < 8; thread++) {
                var name = "thread " + thread;
                tasks.add(() -> appended(appender, log, name, 40));
            }
            var positions = new ArrayList<Long>();
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isSorted();
                positions.addAll(done.get());
            }
            assertThat(positions).doesNotHaveDuplicates().hasSize(320);
            assertThat(log.durableEnd()).isEqualTo(320);
            assertThat(read(log, 0)).hasSize(320);
        }
    }

    private static List<Long> appended(GroupAppender appender, InputLog log, String name, int records) {
        var positions = new ArrayList<Long>();
        for (int i = 0; i < records; i++) {
            var position = appender.append(bytes(name), i);
            assertThat(log.durableEnd()).isGreaterThan(position);
            assertThat(text(log.get(position))).isEqualTo(name);
            positions.add(position);
        }
        return positions;
    }

    @Test
    void readers_beside_the_writer_see_each_record_once_and_whole() throws Exception {
        try (var log = open("log");
                var threads = Executors.newFixedThreadPool(2)) {
            var readers =
                    List.of(threads.submit(() -> readAll(log, 20_000)), threads.submit(() -> readAll(log, 20_000)));
            for (int i = 0; i < 20_000; i++) {
                log.append(bytes(hundred(i)), i);
                if (i % 97 == 0) {
                    log.sync();
                }
            }
            log.sync();
            for (var reader : readers) {
                assertThat(reader.get()).isEqualTo(20_000);
            }
        }
    }

    private static long readAll(InputLog log, long end) {
        try (var cursor = log.read(0)) {
            long read = 0;
            while (read < end) {
                if (!cursor.hasNext()) {
                    Thread.onSpinWait();
                    continue;
                }
                assertThat(text(cursor.next())).isEqualTo(hundred(read));
                read++;
            }
            return read;
        }
    }

    @Test
    void random_histories_agree_with_a_plain_list(TestInfo test) {
        Seeds.each(test, 25, (seed, random) -> new LogHistory(this, "log-" + seed, random).run(120));
    }

    private static InputLog filled(InputLog log, int records) {
        for (int i = 0; i < records; i++) {
            log.append(bytes(hundred(i)), i);
        }
        log.sync();
        return log;
    }

    /** A text of a hundred letters. */
    private static String hundred(long number) {
        return "%0100d".formatted(number);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Entry entry) {
        return new String(entry.bytes(), StandardCharsets.UTF_8);
    }

    private static List<String> read(InputLog log, long from) {
        var read = new ArrayList<String>();
        try (var cursor = log.read(from)) {
            cursor.forEachRemaining(entry -> read.add(entry.position() + " @" + entry.atMillis() + " " + text(entry)));
        }
        return read;
    }
}
