package dev.forestall.acceptance.architecture;

import static dev.forestall.acceptance.architecture.OurClasses.violations;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendingRulesTest {

    private static final JavaClasses PRODUCT = OurClasses.ofTheProduct();

    @TempDir
    Path directory;

    @Test
    void channels_know_only_what_they_are_given() {
        assertThat(violations(SendingRules.CHANNELS_KNOW_WHAT_THEY_ARE_GIVEN, PRODUCT))
                .isEmpty();
    }

    @Test
    void permits_come_from_committed_effects() {
        assertThat(violations(SendingRules.PERMITS_COME_FROM_COMMITTED_EFFECTS, PRODUCT))
                .isEmpty();
    }

    @Test
    void few_speak_sql() {
        assertThat(violations(SendingRules.FEW_SPEAK_SQL, PRODUCT)).isEmpty();
    }

    @Test
    void what_goes_around_the_permit_is_caught() {
        JavaClasses planted = OurClasses.planted(
                directory,
                Map.of(
                        "dev.forestall.channels.planted.Eager",
                        """
                        package dev.forestall.channels.planted;
                        class Eager { dev.forestall.dispatch.Dispatcher dispatcher; }""",
                        "dev.forestall.channels.planted.Forger",
                        """
                        package dev.forestall.channels.planted;
                        class Forger {
                          Object permit(dev.forestall.loop.state.Reader bytes) {
                            return dev.forestall.loop.request.Permit.read(null, null, bytes);
                          }
                        }""",
                        "dev.forestall.channels.planted.Direct",
                        """
                        package dev.forestall.channels.planted;
                        class Direct { java.sql.Connection connection; }"""));
        assertThat(violations(SendingRules.CHANNELS_KNOW_WHAT_THEY_ARE_GIVEN, planted))
                .isNotEmpty();
        assertThat(violations(SendingRules.PERMITS_COME_FROM_COMMITTED_EFFECTS, planted))
                .isNotEmpty();
        assertThat(violations(SendingRules.FEW_SPEAK_SQL, planted)).isNotEmpty();
    }
}
