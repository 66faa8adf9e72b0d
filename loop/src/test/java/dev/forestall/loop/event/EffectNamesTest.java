package dev.forestall.loop.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EffectNamesTest {

    private static final EffectNames NAMES = EffectNames.of("sixteen bytes ok".getBytes(StandardCharsets.US_ASCII));

    @Test
    void the_hash_is_that_of_its_authors() {
        byte[] secret = new byte[16];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) i;
        }
        KeyedHash hash = new KeyedHash(secret);
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(hash.of(new byte[0]))).isEqualTo("a3817f04ba25a8e66df67214c7550293");
        assertThat(hex.formatHex(hash.of(new byte[1]))).isEqualTo("da87c1d86b99af44347659119b22fc45");
    }

    @Test
    void another_secret_gives_another_name() {
        EffectId id = new EffectId(SubjectId.customer("c-1"), 7, 0);
        assertThat(EffectNames.of(new byte[16]).of(id)).isNotEqualTo(NAMES.of(id));
    }

    @Test
    void from_a_position_on_names_can_be_others_and_before_it_they_stay() {
        EffectNames later = NAMES.from(8, new byte[16]);
        EffectId before = new EffectId(SubjectId.customer("c-1"), 7, 0);
        EffectId behind = new EffectId(SubjectId.customer("c-1"), 8, 0);
        assertThat(later.of(before)).isEqualTo(NAMES.of(before));
        assertThat(later.of(behind))
                .isNotEqualTo(NAMES.of(behind))
                .isEqualTo(EffectNames.of(new byte[16]).of(behind));
    }

    @Test
    void a_name_is_sixteen_plain_letters_and_digits() {
        assertThat(NAMES.of(new EffectId(SubjectId.customer("c-1"), 7, 0))).matches("[0-9a-hjkmnp-tv-z]{16}");
    }

    @Test
    void a_name_of_the_published_secret_is_for_ever() {
        assertThat(EffectNames.PUBLISHED.of(new EffectId(SubjectId.customer("c-1"), 7, 0)))
                .isEqualTo("036bxb3yhs6h0evs");
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
                    names[next++] = NAMES.of(new EffectId(id, position, part));
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
        String one = NAMES.of(new EffectId(SubjectId.customer("c-1"), 7, 0));
        String other = NAMES.of(new EffectId(SubjectId.customer("c-1"), 8, 0));
        int same = 0;
        for (int i = 0; i < one.length(); i++) {
            same += one.charAt(i) == other.charAt(i) ? 1 : 0;
        }
        assertThat(same).as("letters in common").isLessThan(6);
    }
}
