package dev.forestall.views.out;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.testkit.stories.SmallStories;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** In a directory with a secret of its own, nobody outside learns a name that could be worked out without it. */
class OwnNamesTest {

    private static final EffectNames OWN = EffectNames.of("sixteen bytes ok".getBytes(StandardCharsets.US_ASCII));
    private static final Pattern CAUSES = Pattern.compile("\"causes\":\\[([^\\]]*)\\]");

    @Test
    void effects_and_what_they_go_back_to_bear_the_names_of_the_directory() throws IOException {
        List<Effect> effects = SmallStories.effects();
        String own = written(effects, OWN);
        String published = written(effects, EffectNames.PUBLISHED);
        for (Effect effect : effects) {
            assertThat(own).contains(OWN.of(effect.id())).doesNotContain(EffectNames.PUBLISHED.of(effect.id()));
        }
        assertThat(causes(own))
                .isNotEmpty()
                .hasSameSizeAs(causes(published))
                .doesNotContainAnyElementsOf(causes(published));
    }

    private static List<String> causes(String written) {
        return CAUSES.matcher(written)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split(",")))
                .filter(cause -> !cause.isEmpty())
                .toList();
    }

    private static String written(List<Effect> effects, EffectNames names) throws IOException {
        StringWriter text = new StringWriter();
        EffectJson writing = new EffectJson("0123456789abcdef", names);
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            for (Effect effect : effects) {
                json.writeStartObject();
                writing.writeFields(effect, json);
                json.writeEndObject();
            }
        }
        return text.toString();
    }
}
