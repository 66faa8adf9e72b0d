package dev.forestall.loop.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.Unmerge;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logs are kept for years: what was ever written is read, and what is written today stays what it is. */
class LoggedCodecTest {

    private static final EventType PAID =
            new EventType("paid", 0, List.of(new Property("amount", PropertyType.MONEY, 0, false, false, "EUR")));
    private static final TrackingPlan PLAN =
            new TrackingPlan(List.of(PAID), List.of(new IdentifierType("userId", SubjectId.CUSTOMER, 0, 1)));

    private final LoggedCodec codec = new LoggedCodec(PLAN);

    private String written(Logged logged) {
        return HexFormat.of().formatHex(codec.write(logged));
    }

    private Logged read(String hex) {
        return codec.read(HexFormat.of().parseHex(hex));
    }

    @Test
    void an_event() {
        Event event = Event.of(PLAN, PAID, "e-1", 1_000)
                .identifier(0, "u")
                .whole(0, 250)
                .build();
        String hex = "01016602030470616964d00f03652d310106757365724964017501" + "06616d6f756e7404f403";
        assertThat(written(new Logged.Arrived(new Origin("f", 1, 3), event))).isEqualTo(hex);
        assertThat(read(hex)).isInstanceOfSatisfying(Logged.Arrived.class, arrived -> {
            assertThat(arrived.origin()).isEqualTo(new Origin("f", 1, 3));
            assertThat(arrived.event().identifier(0)).isEqualTo("u");
            assertThat(arrived.event().whole(0)).isEqualTo(250);
        });
    }

    @Test
    void something_that_was_rejected() {
        Logged rejection =
                new Logged.Rejection(new Origin("f", 1, 3), new Rejected(EventError.MALFORMED, "x", "y"), "z");
        assertThat(written(read(written(rejection))))
                .isEqualTo(written(rejection))
                .startsWith("02016602");
    }

    @Test
    void a_tick() {
        assertThat(written(new Logged.Ticked(1_000))).isEqualTo("03d00f");
        assertThat(read("03d00f")).isEqualTo(new Logged.Ticked(1_000));
    }

    @Test
    void two_identifiers_parted_by_a_source_and_by_hand() {
        Unmerge unmerge = new Unmerge(new Identifier("userId", "9"), new Identifier("email", "a"), false);
        Logged bySource = new Logged.Unmerged(new Origin("f", 1, 3), unmerge);
        String hex = "040166020306757365724964013905656d61696c016100";
        assertThat(written(bySource)).isEqualTo(hex);
        assertThat(read(hex)).isEqualTo(bySource);

        Logged byHand = new Logged.Unmerged(Origin.BY_HAND, new Unmerge(unmerge.one(), unmerge.other(), true));
        String ofHand = "04" + "07" + "62792068616e64" + "0000" + "06757365724964013905656d61696c016101";
        assertThat(written(byHand)).isEqualTo(ofHand);
        assertThat(read(ofHand)).isEqualTo(byHand);
    }
}
