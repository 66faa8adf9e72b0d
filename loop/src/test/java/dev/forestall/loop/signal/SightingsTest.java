package dev.forestall.loop.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The latest few of many, against a plain sorted list. */
class SightingsTest {

    private record Seen(long at, long position) {}

    @Test
    void the_latest_few_are_kept_in_the_order_of_time_then_arrival() {
        Random random = new Random(3);
        for (int run = 0; run < 500; run++) {
            int limit = 1 + random.nextInt(6);
            Sightings sightings = new Sightings();
            List<Seen> model = new ArrayList<>();
            for (int position = 0; position < 30; position++) {
                long at = random.nextInt(12);
                sightings.add(at, position, limit);
                model.add(new Seen(at, position));
                model.sort(Comparator.comparingLong(Seen::at));
                if (model.size() > limit) {
                    model.removeFirst();
                }
                if (random.nextInt(8) == 0) {
                    long upTo = random.nextInt(12);
                    sightings.forgetUpTo(upTo);
                    model.removeIf(each -> each.at() <= upTo);
                }
                assertSame(sightings, model);
                assertSame(reread(sightings), model);
            }
        }
    }

    private static Sightings reread(Sightings sightings) {
        Writer to = new Writer();
        sightings.write(to);
        Sightings read = new Sightings();
        read.read(new Reader(to.toBytes()));
        return read;
    }

    private static void assertSame(Sightings sightings, List<Seen> model) {
        assertThat(sightings.size()).isEqualTo(model.size());
        for (int i = 0; i < model.size(); i++) {
            assertThat(sightings.at(i)).isEqualTo(model.get(i).at());
        }
        assertThat(sightings.evidence())
                .containsExactly(model.stream().mapToLong(Seen::position).toArray());
    }

    @Test
    void evidence_names_the_latest_only() {
        Sightings sightings = new Sightings();
        for (int i = 0; i < 40; i++) {
            sightings.add(i, i, 40);
        }
        assertThat(sightings.evidence())
                .hasSize(Finding.MAX_EVIDENCE)
                .startsWith(24)
                .endsWith(39);
    }
}
