package dev.forestall.loop.expression;

import static dev.forestall.loop.expression.Truth.FALSE;
import static dev.forestall.loop.expression.Truth.TRUE;
import static dev.forestall.loop.expression.Truth.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.Event;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kleene's strong three-valued logic. */
class ConditionTest {

    private static final Scope NOTHING = new Scope() {
        @Override
        public @Nullable Event event() {
            return null;
        }

        @Override
        public long atMillis() {
            return 0;
        }

        @Override
        public double number(int variable) {
            return Double.NaN;
        }

        @Override
        public @Nullable String text(int variable) {
            return null;
        }
    };

    private static Truth test(Condition condition) {
        return condition.test(NOTHING);
    }

    @ParameterizedTest
    @CsvSource({
        "TRUE, TRUE, TRUE, TRUE",
        "TRUE, FALSE, FALSE, TRUE",
        "TRUE, UNKNOWN, UNKNOWN, TRUE",
        "FALSE, TRUE, FALSE, TRUE",
        "FALSE, FALSE, FALSE, FALSE",
        "FALSE, UNKNOWN, FALSE, UNKNOWN",
        "UNKNOWN, TRUE, UNKNOWN, TRUE",
        "UNKNOWN, FALSE, FALSE, UNKNOWN",
        "UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN",
    })
    void and_and_or_of_two(Truth left, Truth right, Truth and, Truth or) {
        assertThat(test(Condition.and(scope -> left, scope -> right))).isEqualTo(and);
        assertThat(test(Condition.or(scope -> left, scope -> right))).isEqualTo(or);
    }

    @Test
    void not_leaves_the_unknown_unknown() {
        assertThat(test(Condition.not(scope -> TRUE))).isEqualTo(FALSE);
        assertThat(test(Condition.not(scope -> FALSE))).isEqualTo(TRUE);
        assertThat(test(Condition.not(scope -> UNKNOWN))).isEqualTo(UNKNOWN);
    }

    @Test
    void only_what_is_certain_holds() {
        assertThat(((Condition) scope -> TRUE).holds(NOTHING)).isTrue();
        assertThat(((Condition) scope -> UNKNOWN).holds(NOTHING)).isFalse();
        assertThat(((Condition) scope -> FALSE).holds(NOTHING)).isFalse();
    }
}
