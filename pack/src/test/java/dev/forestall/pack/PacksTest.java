package dev.forestall.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.signal.Decline;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.Stall;
import dev.forestall.loop.signal.Watch;
import dev.forestall.loop.signal.Watch.Fires;
import org.junit.jupiter.api.Test;

class PacksTest {

    private static final String FOUR_PATTERNS = """
            pack: patterns
            subjects:
              customer: { identifiers: [userId] }
            events:
              login_failed: {}
              checkout_step: { step: integer }
              purchase: { amount: money }
              contact: { topic: string }
            signals:
              retries:
                repeat: { of: login_failed, times: 3, within: 10m }
                fires: each event
              checkout_stuck:
                stall: { after: checkout_step, without: [checkout_step, purchase], within: 30m }
              chasing:
                repeat: { of: "type == 'contact' && topic == 'status'", times: 2, within: 7d }
                fires: each event
                says: asks again and again where the order is
              quieter:
                decline: { of: "type != ''", to: 40%, recent: 7d, baseline: 7d, minimum: 10 }
                fires: each event
            """;

    @Test
    void four_patterns_become_a_definition() throws PackException {
        Pack pack = Packs.compileText(
                FOUR_PATTERNS.replace("\"type != ''\"", "[login_failed, checkout_step, purchase, contact]"));
        Definition definition = pack.definition();

        assertThat(definition.name()).isEqualTo("patterns");
        assertThat(definition.signals().all())
                .extracting(Watch::name)
                .containsExactly("chasing", "checkout_stuck", "quieter", "retries");
        Watch<?> chasing = definition.signals().named("chasing").orElseThrow();
        assertThat(chasing.fires()).isEqualTo(Fires.EACH);
        assertThat(chasing.words()).isEqualTo("asks again and again where the order is");
        assertThat(chasing.detector()).isInstanceOfSatisfying(Repeat.class, repeat -> {
            assertThat(repeat.times()).isEqualTo(2);
            assertThat(repeat.withinMillis()).isEqualTo(7 * 86_400_000L);
            assertThat(repeat.types().cardinality()).isEqualTo(1);
        });
        assertThat(definition.signals().named("checkout_stuck").orElseThrow().detector())
                .isInstanceOfSatisfying(
                        Stall.class, stall -> assertThat(stall.withinMillis()).isEqualTo(1_800_000));
        assertThat(definition.signals().named("quieter").orElseThrow().detector())
                .isInstanceOfSatisfying(
                        Decline.class,
                        decline -> assertThat(decline.types().cardinality()).isEqualTo(4));
    }
}
