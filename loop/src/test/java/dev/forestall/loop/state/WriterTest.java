package dev.forestall.loop.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WriterTest {

    private static final long[] WHOLES = {
        0, 1, -1, 63, 64, 127, 128, 16_383, 16_384, 1_767_571_200_000L, Long.MAX_VALUE, Long.MIN_VALUE,
    };
    private static final double[] NUMBERS = {
        0, -0.0, 1, -1, 0.1, 1e300, -1e-300, 0x1p53, 0x1p53 - 1, -0x1p53, Double.NaN, Double.POSITIVE_INFINITY,
    };
    private static final String[] TEXTS = {"", "a", "plain text", "häß", "日本", "\ud83d\ude00 smile", "x".repeat(1_000)};

    @Test
    void what_is_written_is_read() {
        Writer to = new Writer();
        for (long each : WHOLES) {
            to.whole(each);
            if (each >= 0) {
                to.count(each);
            }
        }
        for (double each : NUMBERS) {
            to.number(each).compactNumber(each);
        }
        for (String each : TEXTS) {
            to.text(each);
        }
        to.flag(true).flag(false);
        Reader from = new Reader(to.toBytes());
        for (long each : WHOLES) {
            assertThat(from.whole()).isEqualTo(each);
            if (each >= 0) {
                assertThat(from.count()).isEqualTo(each);
            }
        }
        for (double each : NUMBERS) {
            assertThat(bits(from.number())).isEqualTo(bits(each));
            assertThat(bits(from.compactNumber())).isEqualTo(bits(each));
        }
        for (String each : TEXTS) {
            assertThat(from.text()).isEqualTo(each);
        }
        assertThat(from.flag()).isTrue();
        assertThat(from.flag()).isFalse();
        assertThat(from.hasMore()).isFalse();
    }

    private static long bits(double value) {
        return Double.doubleToLongBits(value);
    }

    @Test
    void small_numbers_are_short() {
        assertThat(new Writer().count(127).size()).isEqualTo(1);
        assertThat(new Writer().count(128).size()).isEqualTo(2);
        assertThat(new Writer().whole(-64).size()).isEqualTo(1);
        assertThat(new Writer().compactNumber(12).size()).isEqualTo(2);
        assertThat(new Writer().compactNumber(0.5).size()).isEqualTo(9);
    }

    @Test
    void a_negative_count_is_refused() {
        assertThatThrownBy(() -> new Writer().count(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytes_that_end_too_early_are_noticed() {
        byte[] bytes = new Writer().whole(1_000_000).number(0.1).text("abc").toBytes();
        for (int length = 0; length < bytes.length; length++) {
            Reader from = new Reader(java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> {
                        from.whole();
                        from.number();
                        from.text();
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("state bytes are damaged");
        }
    }

    @Test
    void a_number_without_end_is_noticed() {
        byte[] endless = new byte[20];
        java.util.Arrays.fill(endless, (byte) 0xff);
        assertThatThrownBy(() -> new Reader(endless).count())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("more than ten bytes");
    }

    @Test
    void random_values_come_back() {
        Random random = new Random(1);
        Writer to = new Writer();
        for (int run = 0; run < 2_000; run++) {
            long whole = random.nextLong() >> random.nextInt(64);
            double number = random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
            to.clear();
            to.whole(whole).compactNumber(number).compactNumber(Math.rint(number));
            Reader from = new Reader(to.toBytes());
            assertThat(from.whole()).isEqualTo(whole);
            assertThat(bits(from.compactNumber())).isEqualTo(bits(number));
            assertThat(bits(from.compactNumber())).isEqualTo(bits(Math.rint(number)));
        }
    }
}
