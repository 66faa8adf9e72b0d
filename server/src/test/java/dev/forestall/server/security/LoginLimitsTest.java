package dev.forestall.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.host.HostClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginLimitsTest {

    private long now = 1_000_000;

    private final LoginLimits limits = new LoginLimits(new HostClock() {
        @Override
        public long nowMillis() {
            return now;
        }

        @Override
        public Alarm after(Duration delay, Runnable task) {
            throw new UnsupportedOperationException("nobody waits here");
        }
    });

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            limits.failed("ann", "10.0.0.1");
        }
    }

    @Test
    void some_mistakes_cost_nothing_and_more_of_them_longer_and_longer() {
        fail(5);
        assertThat(limits.wait("ann", "10.0.0.1")).isZero();
        fail(1);
        assertThat(limits.wait("ann", "10.0.0.1")).isEqualTo(Duration.ofSeconds(2));
        fail(1);
        assertThat(limits.wait("ann", "10.0.0.1")).isEqualTo(Duration.ofSeconds(4));
        fail(50);
        assertThat(limits.wait("ann", "10.0.0.1")).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void another_address_does_not_help_and_neither_does_another_account() {
        fail(7);
        assertThat(limits.wait("ann", "10.0.0.2")).isPositive();
        assertThat(limits.wait("bob", "10.0.0.1")).isPositive();
        assertThat(limits.wait("bob", "10.0.0.2")).isZero();
    }

    @Test
    void the_wait_is_over_when_its_time_is_and_all_is_forgotten_with_success() {
        fail(6);
        now += 2_000;
        assertThat(limits.wait("ann", "10.0.0.1")).isZero();
        limits.succeeded("ann", "10.0.0.1");
        fail(1);
        assertThat(limits.wait("ann", "10.0.0.1")).isZero();
    }
}
