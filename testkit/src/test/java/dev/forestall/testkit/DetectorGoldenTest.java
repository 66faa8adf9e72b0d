package dev.forestall.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each detector says of a story, as people read it. {@code ./dev golden testkit} rewrites the files. */
class DetectorGoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    static List<DetectorStories.Story> stories() {
        return DetectorStories.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void says_what_it_said_before(DetectorStories.Story story) throws IOException {
        Path file = GOLDEN.resolve(story.name() + ".txt");
        String text = text(story);
        if ("write".equals(System.getProperty("forestall.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    /** Each event, by its place in the log, and below it what came of it. */
    private static String text(DetectorStories.Story story) {
        StringBuilder text = new StringBuilder(story.tells()).append("\n\n");
        MemoryHost host = new MemoryHost(story.pack());
        for (Event event : story.events()) {
            int before = host.effects().size();
            long position = host.happened(event);
            text.append("%3d  %s %s%s%n"
                    .formatted(
                            position,
                            event.at(),
                            customer(event),
                            " " + event.type().name() + carried(event)));
            append(text, host.effects().subList(before, host.effects().size()));
        }
        int before = host.effects().size();
        host.end();
        text.append("     the end\n");
        append(text, host.effects().subList(before, host.effects().size()));
        return text.toString();
    }

    private static void append(StringBuilder text, List<Effect> effects) {
        for (Effect effect : effects) {
            text.append("       > ").append(Transcript.line(effect)).append('\n');
        }
    }

    private static String customer(Event event) {
        String customer = event.identifier(0);
        return customer == null ? "" : customer;
    }

    private static String carried(Event event) {
        StringBuilder carried = new StringBuilder();
        EventType type = event.type();
        for (Property property : type.properties()) {
            if (event.has(property.slot())) {
                String value = property.type().isText() ? event.text(property.slot()) : number(event, property);
                carried.append(' ').append(property.name()).append(' ').append(value);
            }
        }
        return carried.toString();
    }

    private static String number(Event event, Property property) {
        double number = event.number(property.slot());
        return property.name().equals("promised")
                ? Instant.ofEpochMilli((long) number).toString()
                : Double.toString(number);
    }
}
