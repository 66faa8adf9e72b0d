package dev.forestall.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.server.NotStarted;
import dev.forestall.server.Visitor;
import dev.forestall.server.live.Watcher;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoTest {

    private static final Path LENDING = Path.of("..", "packs", "lending");

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    @Test
    void customers_live_on_the_pages_and_nothing_is_left_behind() throws InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Path directory;
        try (Demo demo = Demo.start(
                new Demo.Options(0, 5_000, 1, 300), LENDING, new PrintStream(said, true, StandardCharsets.UTF_8))) {
            directory = Path.of(found("in (\\S+);", said.toString(StandardCharsets.UTF_8)));
            assertThat(directory).isDirectory();
            // What they do now is said live, by the clock of the demo.
            try (Watcher watcher = demo.server().watch()) {
                Watcher.News news = watcher.next(Duration.ofSeconds(1));
                while (news instanceof Watcher.News.Silence) {
                    news = watcher.next(Duration.ofSeconds(1));
                }
                assertThat(news).isInstanceOf(Watcher.News.Said.class);
            }
            Visitor visitor = new Visitor(demo.server().address());
            visitor.submit(
                    "/login",
                    "/login",
                    Map.of("username", "admin", "password", found("one-time password  (\\S+)", demo.text())));
            visitor.submit(
                    "/account/password",
                    "/account/password",
                    Map.of("password", "a bank of my own", "again", "a bank of my own"));
            assertThat(visitor.get("/now").body()).contains("offer_unanswered");
            assertThat(visitor.get("/customers").body()).contains("900");
            assertThat(demo.text()).contains("/now").contains("2025-04-16").contains("dry run");
        }
        assertThat(Files.exists(directory)).isFalse();
    }

    @Test
    void a_wrong_option_says_what_there_is() {
        assertThatThrownBy(() -> Demo.Options.of(List.of("--speed", "fast")))
                .isInstanceOf(NotStarted.class)
                .hasMessageContaining("--speed: found 'fast', expected a whole number");
        assertThatThrownBy(() -> Demo.Options.of(List.of("--quick"))).hasMessageContaining("--speed");
    }
}
