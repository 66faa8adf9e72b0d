package dev.forestall.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void six_states_are_final_and_every_state_leads_to_an_end() {
        assertThat(Arrays.stream(State.values()).filter(State::isFinal))
                .containsExactly(State.FAILED, State.DEAD, State.REFUSED, State.OUTBID, State.WITHDRAWN, State.EXPIRED);
        for (State state : State.values()) {
            assertThat(reached(state)).as(state.key()).anyMatch(State::isFinal);
        }
    }

    private static Set<State> reached(State from) {
        Set<State> reached = EnumSet.of(from);
        boolean grew = true;
        while (grew) {
            grew = false;
            for (State to : State.values()) {
                boolean isNext = reached.stream().anyMatch(state -> state.mayBecome(to));
                grew |= isNext && reached.add(to);
            }
        }
        return reached;
    }

    @Test
    void nothing_is_sent_but_what_was_permitted() {
        assertThat(Arrays.stream(State.values()).filter(state -> state.mayBecome(State.SENDING)))
                .containsExactly(State.PERMITTED);
        assertThat(Arrays.stream(State.values()).filter(state -> state.mayBecome(State.PERMITTED)))
                .containsExactly(State.DUE);
    }

    @Test
    void what_is_uncertain_is_never_sent_again() {
        assertThat(reached(State.UNCERTAIN)).doesNotContain(State.DUE, State.PERMITTED, State.SENDING);
    }

    @Test
    void names_are_read_back() {
        for (State state : State.values()) {
            assertThat(State.of(state.key())).isEqualTo(state);
        }
    }
}
