package dev.forestall.acceptance.architecture;

import static dev.forestall.acceptance.architecture.OurClasses.violations;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageRulesTest {
    private static final JavaClasses PRODUCT = OurClasses.ofTheProduct();
    private static final String LOOP = "dev.forestall.loop";

    @TempDir
    Path directory;

    @Test
    void stages_use_only_what_stands_to_their_left() {
        assertThat(violations(StageRules.STAGES_LOOK_LEFT, PRODUCT)).isEmpty();
    }

    @Test
    void the_host_package_holds_interfaces_only() {
        assertThat(violations(StageRules.HOST_HOLDS_INTERFACES, PRODUCT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "event, expression",
        "expression, identity",
        "identity, journey",
        "journey, signal",
        "signal, risk",
        "risk, reason",
        "reason, alert",
        "alert, action",
        "action, roi",
        "signal, action",
        "event, roi",
        "event, ''",
        "roi, ''",
        "signal.window, alert",
        "signal, alert.merge",
        "event, host",
        "'', host",
        "helpers, event"
    })
    void a_look_to_the_right_is_caught(String user, String used) {
        assertThat(violations(StageRules.STAGES_LOOK_LEFT, usage(user, used))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "expression, event",
        "roi, event",
        "'', roi",
        "'', event",
        "signal, signal.window",
        "signal.window, signal",
        "host, ''",
        "host, roi"
    })
    void a_look_to_the_left_is_left_alone(String user, String used) {
        assertThat(violations(StageRules.STAGES_LOOK_LEFT, usage(user, used))).isEmpty();
    }

    @Test
    void an_element_of_an_array_counts_as_a_use() {
        var planted = plant(Map.of(
                LOOP + ".alert.Raised", "package dev.forestall.loop.alert; public class Raised {}",
                LOOP + ".event.Arrived",
                        "package dev.forestall.loop.event; class Arrived { dev.forestall.loop.alert.Raised[] all; }"));
        assertThat(violations(StageRules.STAGES_LOOK_LEFT, planted)).isNotEmpty();
    }

    @Test
    void a_class_in_the_host_package_is_caught_and_an_interface_is_not() {
        var planted = plant(Map.of(
                LOOP + ".host.Store", "package dev.forestall.loop.host; public interface Store { record Row() {} }",
                LOOP + ".host.HashStore", "package dev.forestall.loop.host; class HashStore {}"));
        assertThat(violations(StageRules.HOST_HOLDS_INTERFACES, planted))
                .singleElement()
                .asString()
                .contains("HashStore");
    }

    private JavaClasses usage(String user, String used) {
        var usedPackage = below(used);
        var userPackage = below(user);
        return plant(Map.of(
                usedPackage + ".Used", "package " + usedPackage + "; public class Used {}",
                userPackage + ".User", "package " + userPackage + "; class User { " + usedPackage + ".Used used; }"));
    }

    private JavaClasses plant(Map<String, String> textByClass) {
        return OurClasses.planted(directory, textByClass);
    }

    private static String below(String stage) {
        return stage.isEmpty() ? LOOP : LOOP + "." + stage;
    }
}
