package dev.forestall.acceptance.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.forestall.acceptance.architecture.OurClasses.violations;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.request.Permit;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A permit cannot be made by whoever wants to send something. */
class PermitRulesTest {

    /** Effects are read from the record by one codec; the testkit stands in for the loop in tests. */
    private static final ArchRule ONLY_THE_RECORD_GIVES_PERMITS = noClasses()
            .that(DescribedPredicate.not(belongToAnyOf(EffectCodec.class)))
            .and(DescribedPredicate.describe("are of the product", PermitRulesTest::isOfTheProduct))
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "permits are read",
                    call -> call.getTargetOwner().isEquivalentTo(Permit.class)
                            && call.getTarget().getName().equals("read")));

    @TempDir
    Path directory;

    private static boolean isOfTheProduct(JavaClass each) {
        return !each.getPackageName().startsWith(OurClasses.ROOT + ".testkit");
    }

    @Test
    void nobody_outside_of_the_loop_makes_a_permit() {
        assertThat(Stream.of(Permit.class.getDeclaredConstructors()))
                .noneMatch(each -> Modifier.isPublic(each.getModifiers()));
        assertThat(violations(ONLY_THE_RECORD_GIVES_PERMITS, OurClasses.ofTheProduct()))
                .isEmpty();
    }

    @Test
    void whoever_reads_one_from_bytes_of_their_own_is_caught() {
        String lookalike =
                "package dev.forestall.loop.request; public class Permit { public static Permit read(byte[] from) { return null; } }";
        String forger =
                "package dev.forestall.channels; class Forger { Object forge() { return dev.forestall.loop.request.Permit.read(null); } }";
        assertThat(violations(
                        ONLY_THE_RECORD_GIVES_PERMITS,
                        OurClasses.planted(
                                directory,
                                Map.of(
                                        "dev.forestall.loop.request.Permit",
                                        lookalike,
                                        "dev.forestall.channels.Forger",
                                        forger))))
                .isNotEmpty();
    }
}
