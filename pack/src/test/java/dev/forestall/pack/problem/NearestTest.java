package dev.forestall.pack.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    private static final List<String> NAMES = List.of("repeat", "stall", "sequence", "cohort", "cap");

    @Test
    void a_mistyped_name_finds_the_one_that_was_meant() {
        assertThat(Nearest.to("reapet", NAMES)).isEqualTo("repeat");
        assertThat(Nearest.to("stal", NAMES)).isEqualTo("stall");
        assertThat(Nearest.to("Cohort", NAMES)).isEqualTo("cohort");
        assertThat(Nearest.to("seqence", NAMES)).isEqualTo("sequence");
    }

    @Test
    void neighbours_that_changed_places_are_one_mistake() {
        assertThat(Nearest.to("acp", List.of("cap"))).isEqualTo("cap");
    }

    @Test
    void a_name_that_is_like_none_finds_none() {
        assertThat(Nearest.to("deadline", NAMES)).isEmpty();
        assertThat(Nearest.to("x", NAMES)).isEmpty();
        assertThat(Nearest.to("", NAMES)).isEmpty();
        assertThat(Nearest.to("stall", List.of())).isEmpty();
    }

    @Test
    void of_equally_near_names_the_first_is_taken() {
        assertThat(Nearest.to("cat", List.of("car", "cab"))).isEqualTo("car");
    }

    @Test
    void a_long_list_is_cut() {
        List<String> many =
                java.util.stream.IntStream.range(0, 20).mapToObj(i -> "n" + i).toList();
        assertThat(Nearest.list(many)).endsWith("n11 and 8 more");
        assertThat(Nearest.list(NAMES)).isEqualTo("repeat, stall, sequence, cohort, cap");
    }
}
