package dev.forestall.acceptance.architecture;

import static dev.forestall.acceptance.architecture.OurClasses.violations;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class StageRulesTest {
    /** The loop's own package, where the stages meet, in the usages below. */
    private static final String LOOP_ITSELF = "loop";

    @TempDir
    static Path directory;

    @Test
    void stages_use_only_what_stands_to_their_left() {
        assertThat(violations(StageRules.STAGES_LOOK_LEFT, OurClasses.ofTheProduct()))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> a_look_to_the_right_is_caught() {
        return PlantedUsages.each(
                directory.resolve("right"),
                StageRulesTest::packageOf,
                List.of(
                        "event > state",
                        "state > expression",
                        "expression > identity",
                        "identity > profile",
                        "profile > journey",
                        "journey > signal",
                        "signal > risk",
                        "risk > reason",
                        "reason > alert",
                        "alert > gate",
                        "gate > action",
                        "action > roi",
                        "roi > loop",
                        "event > loop",
                        "signal > action",
                        "signal.window > alert",
                        "signal > alert.merge",
                        "event > host",
                        "loop > host",
                        "helpers > event"),
                user -> assertThat(violations(StageRules.STAGES_LOOK_LEFT, user))
                        .isNotEmpty());
    }

    @TestFactory
    Stream<DynamicTest> a_look_to_the_left_is_left_alone() {
        return PlantedUsages.each(
                directory.resolve("left"),
                StageRulesTest::packageOf,
                List.of(
                        "state > event",
                        "roi > event",
                        "loop > roi",
                        "loop > event",
                        "signal > signal.window",
                        "signal.window > signal",
                        "host > loop",
                        "host > roi"),
                user -> assertThat(violations(StageRules.STAGES_LOOK_LEFT, user))
                        .isEmpty());
    }

    private static String packageOf(String stage) {
        return OurClasses.ROOT + ".loop" + (stage.equals(LOOP_ITSELF) ? "" : "." + stage);
    }
}
