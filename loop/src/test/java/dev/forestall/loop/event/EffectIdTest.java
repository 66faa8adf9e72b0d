package dev.forestall.loop.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EffectIdTest {

    @Test
    void the_short_form_is_sixteen_plain_letters_and_digits() {
        assertThat(new EffectId(SubjectId.customer("c-1"), 7, 0).toString()).matches("[0-9a-hjkmnp-tv-z]{16}");
    }

    @Test
    void the_short_form_is_for_ever() {
        assertThat(new EffectId(SubjectId.customer("c-1"), 7, 0)).hasToString("036bxb3yhs6h0evs");
    }

    @Test
    void two_million_neighbouring_effects_have_two_million_names() {
        String[] names = new String[2_000_000];
        int next = 0;
        for (int subject = 0; subject < 1_000; subject++) {
            SubjectId id = SubjectId.customer("c-" + subject);
            for (int position = 0; position < 200; position++) {
                for (int index = 0; index < 10; index++) {
                    // Indexes of later parts of a position begin at multiples of 65,536.
                    int part = index < 8 ? index : (index - 7) << 16;
                    names[next++] = new EffectId(id, position, part).toString();
                }
            }
        }
        Arrays.sort(names);
        for (int i = 1; i < names.length; i++) {
            assertThat(names[i]).isNotEqualTo(names[i - 1]);
        }
    }

    @Test
    void the_name_says_nothing_about_the_subject() {
        String one = new EffectId(SubjectId.customer("c-1"), 7, 0).toString();
        String other = new EffectId(SubjectId.customer("c-1"), 8, 0).toString();
        int same = 0;
        for (int i = 0; i < one.length(); i++) {
            same += one.charAt(i) == other.charAt(i) ? 1 : 0;
        }
        assertThat(same).as("letters in common").isLessThan(6);
    }
}
