package dev.forestall.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Effect;
import dev.forestall.loop.host.EffectCodec;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RandomRequestsTest {

    @Test
    void what_becomes_of_requests_is_read_as_it_was_written() {
        Seeds.forEach(200, seed -> {
            RandomRequests random = new RandomRequests(new Dice(seed));
            EffectCodec codec = new EffectCodec();
            TreeSet<String> kinds = new TreeSet<>();
            for (int kind = 1; kind <= RandomRequests.KINDS; kind++) {
                Effect effect = random.next(kind);
                assertThat(EffectCodec.read(codec.write(effect))).isEqualTo(effect);
                kinds.add(
                        switch (effect) {
                            case Effect.RequestChanged changed ->
                                changed.change().getClass().getSimpleName();
                            case Effect.SendMessage send ->
                                send.message().getClass().getSimpleName();
                            default -> effect.getClass().getSimpleName();
                        });
            }
            assertThat(kinds).as("each kind is drawn").hasSize(RandomRequests.KINDS);
        });
    }
}
