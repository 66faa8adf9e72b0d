package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.SubjectId;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldSubjectsTest {

    /** Strings of two such letters each have the same hash. */
    private static final String[] SAME_HASH = {"Aa", "BB"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void it_holds_what_a_map_would_hold_whatever_comes_and_goes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HeldSubjects table = new HeldSubjects();
        Map<SubjectId, Held> map = new HashMap<>();
        int keys = random.nextInt(20, 2_000);
        for (int i = 0; i < 20_000; i++) {
            SubjectId subject = subject(random, keys);
            int hash = subject.hashCode();
            if (random.nextInt(100) < 45) {
                assertThat(table.remove(hash, subject.kind(), subject.key())).isSameAs(map.remove(subject));
            } else if (!map.containsKey(subject)) {
                Held held = new Held(subject);
                map.put(subject, held);
                table.add(held);
            }
            SubjectId other = subject(random, keys);
            assertThat(table.find(other.hashCode(), other.kind(), other.key())).isSameAs(map.get(other));
            assertThat(table.size()).isEqualTo(map.size());
        }
        map.forEach((subject, held) -> assertThat(table.find(subject.hashCode(), subject.kind(), subject.key()))
                .isSameAs(held));
    }

    /** Some of a few, some with the same hash, and the same key in two kinds. */
    private static SubjectId subject(SplittableRandom random, int keys) {
        String kind = random.nextInt(10) == 0 ? "branch" : SubjectId.CUSTOMER;
        if (random.nextInt(4) > 0) {
            return new SubjectId(kind, "customer-" + random.nextInt(keys));
        }
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            key.append(SAME_HASH[random.nextInt(2)]);
        }
        return new SubjectId(kind, key.toString());
    }
}
