package dev.forestall.loop.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void sums_are_those_of_a_map_of_all_counts_whatever_is_late_skipped_or_written_in_between(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int recent = random.nextInt(1, 9);
        int baseline = random.nextInt(1, 9);
        int kept = recent + baseline + random.nextInt(2);
        Buckets buckets = new Buckets(recent, baseline, kept);
        TreeMap<Long, Integer> all = new TreeMap<>();
        long current = random.nextLong(-100, 100);
        for (int i = 0; i < 3_000; i++) {
            long bucket = current + random.nextInt(20) - 12;
            if (all.isEmpty()) {
                current = bucket;
            }
            if (random.nextInt(30) == 0) {
                current += random.nextInt(2 * kept);
                buckets.advance(current);
            } else if (bucket > current - kept) {
                buckets.count(bucket);
                all.merge(bucket, 1, Integer::sum);
                current = Math.max(current, bucket);
            }
            if (random.nextInt(3) == 0) {
                buckets = reread(buckets, new Buckets(recent, baseline, kept));
            }
            if (!buckets.isEmpty()) {
                assertThat(buckets.current()).isEqualTo(current);
                assertThat(buckets.inRecent()).isEqualTo(sum(all, current, 0, recent));
                assertThat(buckets.inBaseline()).isEqualTo(sum(all, current, recent, baseline));
                assertThat(buckets.sum(1, kept - 1)).isEqualTo(sum(all, current, 1, kept - 1));
            }
        }
    }

    private static int sum(TreeMap<Long, Integer> all, long current, int fromBack, int buckets) {
        return all.subMap(current - fromBack - buckets, false, current - fromBack, true).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static Buckets reread(Buckets from, Buckets into) {
        Writer writer = new Writer();
        from.write(writer);
        into.read(new Reader(writer.toBytes()));
        return into;
    }

    @Test
    void one_that_is_used_again_remembers_nothing_of_before() {
        Buckets used = new Buckets(2, 2, 4);
        for (int bucket = 0; bucket < 4; bucket++) {
            used.count(bucket);
        }
        used.sum(0, 4);
        Buckets fresh = new Buckets(2, 2, 4);
        fresh.count(10);
        assertThat(reread(fresh, used).sum(0, 4)).isEqualTo(1);
        assertThat(reread(new Buckets(2, 2, 4), used).isEmpty()).isTrue();
    }

    @Test
    void what_is_older_than_can_be_asked_for_is_not_counted() {
        Buckets buckets = new Buckets(2, 2, 4);
        buckets.count(10);
        buckets.count(6);
        assertThat(buckets.sum(0, 20)).isEqualTo(1);
        buckets.count(7);
        assertThat(buckets.inBaseline()).isEqualTo(1);
    }

    @Test
    void more_counts_than_there_are_buckets_are_damage() {
        Buckets damaged = new Buckets(1, 1, 2);
        damaged.read(new Reader(new byte[] {2, 1, 1, 1, 1, 1}));
        assertThatThrownBy(() -> damaged.sum(0, 2)).hasMessageContaining("damaged");
    }
}
