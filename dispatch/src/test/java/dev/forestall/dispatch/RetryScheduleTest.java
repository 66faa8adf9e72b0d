package dev.forestall.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    @Test
    void delays_are_those_of_the_standard_within_a_fifth_and_end_after_ten_attempts() {
        for (int request = 0; request < 200; request++) {
            for (int attempt = 1; attempt <= 9; attempt++) {
                Duration delay =
                        RetrySchedule.STANDARD.after("r-" + request, attempt).orElseThrow();
                double ratio = (double) delay.toMillis()
                        / RetrySchedule.STANDARD.delays().get(attempt - 1).toMillis();
                assertThat(ratio).isBetween(0.8, 1.2);
            }
            assertThat(RetrySchedule.STANDARD.after("r-" + request, 10)).isEmpty();
        }
    }

    @Test
    void the_same_request_waits_the_same_and_others_wait_otherwise() {
        assertThat(RetrySchedule.STANDARD.after("r-1", 3)).isEqualTo(RetrySchedule.STANDARD.after("r-1", 3));
        assertThat(IntStream.range(0, 100)
                        .mapToObj(request -> RetrySchedule.STANDARD.after("r-" + request, 3))
                        .distinct()
                        .count())
                .isGreaterThan(90);
    }
}
