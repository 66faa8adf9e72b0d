package dev.forestall.loop.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PositionsTest {

    @Test
    void a_position_of_a_later_epoch_is_greater_than_any_of_an_earlier_one() {
        long last = Positions.first(1) - 1;
        assertThat(Positions.epoch(last)).isZero();
        assertThat(Positions.ordinal(last)).isEqualTo(17_592_186_044_415L);
        assertThat(Positions.epoch(last + 1)).isEqualTo(1);
        assertThat(Positions.ordinal(last + 1)).isZero();
        assertThat(Positions.first(Positions.LAST_EPOCH)).isPositive();
        assertThatThrownBy(() -> Positions.first(Positions.LAST_EPOCH + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void records_go_on_at_once_or_with_a_later_epoch() {
        assertThat(Positions.goesOn(7, 7)).isTrue();
        assertThat(Positions.goesOn(7, Positions.first(1))).isTrue();
        assertThat(Positions.goesOn(Positions.first(1), Positions.first(1))).isTrue();
        assertThat(Positions.goesOn(7, 8)).isFalse();
        assertThat(Positions.goesOn(7, Positions.first(1) + 1)).isFalse();
        assertThat(Positions.goesOn(Positions.first(1) + 3, Positions.first(1))).isFalse();
    }

    @Test
    void a_token_gives_the_position_back_and_nothing_else_is_one() {
        for (long position : new long[] {0, 1, 123_456, Positions.first(3) + 9, Long.MAX_VALUE}) {
            assertThat(Positions.ofToken(Positions.token(position))).hasValue(position);
        }
        for (String other : new String[] {"", "p", "0", "12", "p-1", "p01", "pA", "p+1", "q1", "pzzzzzzzzzzzzzzzz"}) {
            assertThat(Positions.ofToken(other)).as(other).isEmpty();
        }
    }
}
