package dev.forestall.loop.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forestall.loop.feature.Track.Counted;
import dev.forestall.loop.feature.Track.Shape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecayTest {

    private static final long DAY = 86_400_000;

    @Test
    void two_to_a_power_is_what_mathematics_says() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            double power = i % 2 == 0 ? -1_000 + random.nextDouble() * 1_100 : random.nextGaussian();
            assertThat(Decay.exp2(power) / StrictMath.pow(2, power))
                    .as("2 to the power of %s", power)
                    .isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void two_to_a_whole_power_is_exact_and_far_below_it_is_nothing() {
        for (int power = -1_000; power <= 1_000; power++) {
            assertThat(Decay.exp2(power)).isEqualTo(Math.scalb(1.0, power));
        }
        assertThat(Decay.exp2(-1_000.001)).isZero();
        assertThat(Decay.exp2(-1e300)).isZero();
    }

    @Test
    void something_weighs_half_as_much_after_each_half_life() {
        assertThat(Decay.weight(0, 0, DAY)).isEqualTo(1);
        assertThat(Decay.weight(0, DAY, DAY)).isEqualTo(0.5);
        assertThat(Decay.weight(5 * DAY, 8 * DAY, DAY)).isEqualTo(0.125);
        assertThat(Decay.weight(DAY, 0, DAY)).isEqualTo(2);
    }

    @Test
    void sums_are_moved_on_only_when_what_is_new_would_outgrow_them() {
        assertThat(Decay.shift(0, 60 * DAY, DAY)).isZero();
        assertThat(Decay.shift(0, 61 * DAY - 1, DAY)).isZero();
        assertThat(Decay.shift(0, 61 * DAY, DAY)).isEqualTo(61);
        assertThat(Decay.shift(0, -500 * DAY, DAY)).isZero();
    }

    /** From half-lives of which thousands pass between two events to such as hardly pass at all. */
    @ParameterizedTest
    @ValueSource(longs = {60_000, 3_600_000, DAY, 28 * DAY})
    void moving_sums_on_changes_no_reading(long halfLife) {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            Track track = new Track(new Shape(1, 0, 0, 0, 0, List.of(halfLife)));
            long[] times = times(random);
            for (int i = 0; i < times.length; i++) {
                track.keepUp(times[i], List.of(halfLife));
                track.events++;
                track.count(track.type(0), times[i], List.of(halfLife));
                double expected = 0;
                for (int before = 0; before <= i; before++) {
                    expected += StrictMath.pow(2, (double) (times[before] - times[i]) / halfLife);
                }
                assertThat(reading(track, track.type(0), times[i], halfLife))
                        .as("seed %s, event %s", seed, i)
                        .isCloseTo(expected, within(expected * 1e-5));
            }
        }
    }

    @Test
    void after_more_half_lives_than_can_be_counted_only_what_is_new_weighs() {
        long instant = 1;
        long years = 4_000 * DAY;
        Track track = new Track(new Shape(1, 0, 0, 0, 0, List.of(instant)));
        for (long at : new long[] {0, years, 2 * years}) {
            track.keepUp(at, List.of(instant));
            track.events++;
            track.count(track.type(0), at, List.of(instant));
            assertThat(reading(track, track.type(0), at, instant)).isEqualTo(1);
        }
    }

    @Test
    void signals_before_the_first_event_fade_too() {
        Track track = new Track(new Shape(0, 0, 0, 0, 1, List.of(DAY)));
        for (long at : new long[] {0, DAY}) {
            track.keepUp(at, List.of(DAY));
            track.count(track.signal(0), at, List.of(DAY));
        }
        assertThat(reading(track, track.signal(0), DAY, DAY)).isEqualTo(1.5);
    }

    /** As a feature reads it. */
    private static double reading(Track track, Counted what, long atMillis, long halfLife) {
        return what.recent[0] * Decay.weight(track.keptAtMillis[0], atMillis, halfLife);
    }

    /** Mostly forward, by seconds or by months, now and then a little back. */
    private static long[] times(Random random) {
        long[] times = new long[40];
        long at = 1_700_000_000_000L;
        for (int i = 0; i < times.length; i++) {
            at += switch (random.nextInt(5)) {
                case 0 -> -random.nextInt(30_000);
                case 1 -> random.nextLong(200 * DAY);
                case 2 -> random.nextLong(DAY);
                default -> random.nextInt(60_000);
            };
            times[i] = at;
        }
        return times;
    }
}
