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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
        String hex = "0100d00f01660203" + "047061696403652d31" + "0106757365724964017501" + "06616d6f756e7404f40300";
        assertThat(written(new Logged.Arrived(new Origin("f", 1, 3), event))).isEqualTo(hex);
        assertThat(read(hex)).isInstanceOfSatisfying(Logged.Arrived.class, arrived -> {
            assertThat(arrived.origin()).isEqualTo(new Origin("f", 1, 3));
            assertThat(arrived.event().identifier(0)).isEqualTo("u");
            assertThat(arrived.event().whole(0)).isEqualTo(250);
        });
    }

    @Test
    void live_input_keeps_when_it_was_sent_and_received() {
        Event event = Event.of(PLAN, PAID, "", 1_000).identifier(0, "u").build();
        Origin origin = new Origin("web", Origin.NONE, 0).live(900, 1_500);
        assertThat(written(new Logged.Arrived(origin, event)))
                .startsWith("0107" + "d00f" + "c701" + "e807" + "03776562");
        assertThat(read(written(new Logged.Arrived(origin, event))))
                .isInstanceOfSatisfying(
                        Logged.Arrived.class,
                        arrived -> assertThat(arrived.origin()).isEqualTo(origin));
    }

    @Test
    void what_is_not_declared_is_kept_and_is_a_property_once_it_is() {
        Event event = Event.of(PLAN, PAID, "", 1_000)
                .identifier(0, "u")
                .undeclared("shop", "Jena")
                .undeclared("price", "12.50")
                .undeclared("items", "3")
                .undeclared("gift", "true")
                .undeclared("rate", "0.25")
                .undeclared("due", "1970-01-01T00:00:01Z")
                .undeclared("took", "PT2S")
                .undeclared("broken", "many")
                .build();
        byte[] bytes = codec.write(new Logged.Arrived(new Origin("f", 1, 3), event));
        assertThat(((Logged.Arrived) codec.read(bytes)).event().undeclared()).isEqualTo(event.undeclared());

        EventType wider = new EventType(
                "paid",
                0,
                List.of(
                        new Property("shop", PropertyType.STRING, 0, false, false, ""),
                        new Property("price", PropertyType.MONEY, 1, false, false, "EUR"),
                        new Property("items", PropertyType.INTEGER, 2, false, false, ""),
                        new Property("gift", PropertyType.BOOLEAN, 3, false, false, ""),
                        new Property("rate", PropertyType.NUMBER, 4, false, false, ""),
                        new Property("due", PropertyType.TIME, 5, false, false, ""),
                        new Property("took", PropertyType.DURATION, 6, false, false, ""),
                        new Property("broken", PropertyType.INTEGER, 7, false, false, "")));
        Event read = ((Logged.Arrived)
                        new LoggedCodec(new TrackingPlan(List.of(wider), PLAN.identifiers())).read(bytes))
                .event();
        assertThat(read.text(0)).isEqualTo("Jena");
        assertThat(read.whole(1)).isEqualTo(1_250);
        assertThat(read.whole(2)).isEqualTo(3);
        assertThat(read.whole(3)).isEqualTo(1);
        assertThat(read.number(4)).isEqualTo(0.25);
        assertThat(read.whole(5)).isEqualTo(1_000);
        assertThat(read.whole(6)).isEqualTo(2_000);
        assertThat(read.has(7)).isFalse();
        assertThat(read.undeclared()).containsExactly(new Event.Undeclared("broken", "many"));
    }

    @Test
    void the_end_of_what_was_put_off() {
        for (Logged.Folded.Stage stage : Logged.Folded.Stage.values()) {
            Logged folded = new Logged.Folded(Positions.first(3) + 7, 1, stage);
            assertThat(read(written(folded))).isEqualTo(folded);
        }
    }

    @Test
    void an_erasure() {
        Logged erased = new Logged.Erased(Origin.BY_HAND, List.of(3L, 500L), 1_000, "asked to");
        assertThat(read(written(erased))).isEqualTo(erased);
    }

    /** Turns bytes by adding the number and the nonce, which is enough to see who can read what. */
    private static final class Toy implements Seals {
        private final List<SubjectId> known = new ArrayList<>();
        private final Set<Long> gone = new TreeSet<>();

        @Override
        public long number(SubjectId subject) {
            if (!known.contains(subject)) {
                known.add(subject);
            }
            return known.indexOf(subject) + 1;
        }

        @Override
        public long nonce() {
            return 77;
        }

        @Override
        public boolean turn(long number, long nonce, byte[] bytes, int from) {
            if (number > known.size() || gone.contains(number)) {
                return false;
            }
            for (int i = from; i < bytes.length; i++) {
                bytes[i] ^= (byte) (number * 40 + nonce);
            }
            return true;
        }
    }

    @Test
    void a_body_is_read_only_with_the_keys_of_whom_it_is_about() {
        Toy seals = new Toy();
        LoggedCodec sealing = new LoggedCodec(PLAN, seals);
        Origin origin = new Origin("f", 1, 3);
        Event event = Event.of(PLAN, PAID, "", 1_000).identifier(0, "anna@x.de").build();
        byte[] arrived = sealing.write(new Logged.Arrived(origin, event));
        byte[] rejection =
                sealing.write(new Logged.Rejection(origin, new Rejected(EventError.MALFORMED, "x", "y"), "anna@x.de"));
        byte[] unmerged = sealing.write(new Logged.Unmerged(
                origin, new Unmerge(new Identifier("userId", "anna@x.de"), new Identifier("userId", "b"), false)));
        for (byte[] record : List.of(arrived, rejection, unmerged)) {
            assertThat(new String(record, StandardCharsets.ISO_8859_1)).doesNotContain("anna");
            assertThat(HexFormat.of().formatHex(sealing.write(sealing.read(record))))
                    .isEqualTo(HexFormat.of().formatHex(record));
        }

        seals.gone.add(seals.number(SubjectId.customer("b")));
        assertThat(sealing.read(arrived)).isInstanceOf(Logged.Arrived.class);
        assertThat(sealing.read(unmerged)).isEqualTo(new Logged.Unreadable(origin, Logged.Unreadable.Kind.UNMERGE, 0));

        seals.gone.add(seals.number(SubjectId.customer("anna@x.de")));
        assertThat(sealing.read(arrived)).isEqualTo(new Logged.Unreadable(origin, Logged.Unreadable.Kind.EVENT, 1_000));

        seals.gone.add(2L);
        assertThat(sealing.read(rejection)).isInstanceOfSatisfying(Logged.Rejection.class, rest -> {
            assertThat(rest.rejected().code().code()).isEqualTo("EVT-007");
            assertThat(rest.raw()).isEmpty();
        });
    }

    @Test
    void something_that_was_rejected() {
        Logged rejection =
                new Logged.Rejection(new Origin("f", 1, 3), new Rejected(EventError.MALFORMED, "x", "y"), "z");
        assertThat(written(read(written(rejection))))
                .isEqualTo(written(rejection))
                .startsWith("02000001660203");
    }

    @Test
    void a_tick() {
        assertThat(written(new Logged.Ticked(1_000))).isEqualTo("03d00f00");
        assertThat(read("03d00f00")).isEqualTo(new Logged.Ticked(1_000));
    }

    @Test
    void two_identifiers_unmerged_by_a_source_and_by_hand() {
        Unmerge unmerge = new Unmerge(new Identifier("userId", "9"), new Identifier("email", "a"), false);
        Logged bySource = new Logged.Unmerged(new Origin("f", 1, 3), unmerge);
        String hex = "04000001660203" + "06757365724964013905656d61696c016100";
        assertThat(written(bySource)).isEqualTo(hex);
        assertThat(read(hex)).isEqualTo(bySource);

        Logged byHand = new Logged.Unmerged(Origin.BY_HAND, new Unmerge(unmerge.one(), unmerge.other(), true));
        String ofHand = "040000" + "07" + "62792068616e64" + "0000" + "06757365724964013905656d61696c016101";
        assertThat(written(byHand)).isEqualTo(ofHand);
        assertThat(read(ofHand)).isEqualTo(byHand);
    }
}
