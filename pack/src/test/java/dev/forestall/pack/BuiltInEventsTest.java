package dev.forestall.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.Definition;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.feature.Levels;
import org.junit.jupiter.api.Test;

/** Reports as events of a pack that does not declare them. */
class BuiltInEventsTest {

    private static final String SHOP = """
            pack: shop
            subjects:
              customer: { identifiers: [userId] }
            events:
              order_placed: { amount: money, channel: string }
            """;

    private static Definition shop(String more) throws PackException {
        return Packs.compileText(SHOP + more.stripIndent()).definition();
    }

    @Test
    void signals_and_traits_use_them_without_declaring_them() throws PackException {
        Definition definition = shop("""
                traits:
                  last_link: { last: event.link, of: message_clicked }
                signals:
                  unreachable:
                    repeat: { of: "type == 'message_bounced' && hard", times: 2, within: 7d }
                """);
        assertThat(definition.plan().types())
                .extracting(EventType::name)
                .containsExactly("order_placed", "message_bounced", "message_clicked");
    }

    @Test
    void a_pack_that_uses_none_has_none_and_knows_no_feature_of_them() throws PackException {
        Definition definition = shop("""
                signals:
                  again: { repeat: { of: order_placed, times: 2, within: 7d }, description: after a message_sent }
                """);
        assertThat(definition.plan().types()).extracting(EventType::name).containsExactly("order_placed");
        assertThat(definition.features().all(Levels.NONE))
                .noneMatch(feature -> feature.key().contains("message_"));
    }

    @Test
    void their_names_are_taken() {
        assertThatThrownBy(() -> Packs.compileText(SHOP + "  message_sent: {}\n"))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("'message_sent' is a built-in event");
    }

    @Test
    void a_property_of_a_name_means_the_same_in_all_events() {
        assertThatThrownBy(() -> Packs.compileText(SHOP + """
                  moved: { reason: integer }
                signals:
                  unreachable: { repeat: { of: message_bounced, times: 2, within: 7d } }
                """))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("'reason' is integer here and string in the built-in event message_bounced");
    }
}
