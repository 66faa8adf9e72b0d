package dev.forestall.acceptance.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.testkit.Seeds;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On random streams the loop says what the oracle says: the same signals about the same subjects at the same instants. */
class OracleTest {

    private static final int RUNS = 400;

    static Stream<Agreement> inOrder() {
        return Agreement.IN_ORDER.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void inOrder(Agreement agreement) {
        Seeds.forEach(RUNS, agreement::check);
    }

    static Stream<Agreement> late() {
        return Agreement.LATE.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void late(Agreement agreement) {
        Seeds.forEach(RUNS, agreement::check);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("late")
    void late_events_do_take_signals_back(Agreement agreement) {
        long withdrawn = 0;
        for (long seed = 1; seed <= 100; seed++) {
            withdrawn += agreement.withdrawn(seed);
        }
        assertThat(withdrawn).as("signals taken back on 100 streams").isGreaterThan(5);
    }

    static List<Agreement> all() {
        return Stream.concat(inOrder(), late()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void streams_raise_and_end_signals(Agreement agreement) {
        long said = 0;
        for (long seed = 1; seed <= 100; seed++) {
            said += agreement.truth(seed).size();
        }
        assertThat(said).as("said on 100 streams").isGreaterThan(100);
    }
}
