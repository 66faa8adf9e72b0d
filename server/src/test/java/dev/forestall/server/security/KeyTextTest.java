package dev.forestall.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class KeyTextTest {

    private final KeyText key = KeyText.create(KeyText.Kind.WRITE, new SecureRandom());

    @Test
    void a_key_says_what_it_is_for_and_is_known_again() {
        assertThat(key.text()).matches("fw_[0-9A-Za-z]{36}");
        assertThat(KeyText.of(key.text())).contains(key);
        assertThat(key.kind()).isEqualTo(KeyText.Kind.WRITE);
    }

    @Test
    void one_wrong_letter_is_noticed_without_looking_it_up() {
        for (int place = 3; place < key.text().length(); place++) {
            char other = key.text().charAt(place) == 'a' ? 'b' : 'a';
            String mistyped =
                    key.text().substring(0, place) + other + key.text().substring(place + 1);
            assertThat(KeyText.of(mistyped)).isEmpty();
        }
        assertThat(KeyText.of("")).isEmpty();
        assertThat(KeyText.of("fw_")).isEmpty();
    }

    @Test
    void what_ends_up_in_a_log_is_not_the_key() {
        assertThat(key.toString()).hasSize(8).doesNotContain(key.text());
        assertThat(key.hash()).matches("[0-9a-f]{64}");
    }
}
