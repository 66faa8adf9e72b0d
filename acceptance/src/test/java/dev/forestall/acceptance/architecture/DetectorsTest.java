package dev.forestall.acceptance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.Detector;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who adds a detector writes one class in the loop, and declares it in one class of packs: nothing else knows detectors one by one. */
class DetectorsTest {

    private static final JavaClasses PRODUCT = OurClasses.ofTheProduct();

    @Test
    void a_detector_is_known_to_itself_and_to_the_one_class_that_declares_it_for_packs() {
        Set<JavaClass> detectors = detectors();
        assertThat(detectors).hasSizeGreaterThanOrEqualTo(10);
        for (JavaClass detector : detectors) {
            assertThat(users(detector)).as(detector.getSimpleName()).containsExactly("dev.forestall.pack.Detectors");
        }
    }

    /** All but the one of groups: it alone hears from many customers, which the stage and those who look have to know. */
    private static Set<JavaClass> detectors() {
        return PRODUCT.stream()
                .filter(each -> each.isAssignableTo(Detector.class) && !each.isInterface())
                .filter(each -> !each.isEquivalentTo(Cohort.class))
                .collect(Collectors.toSet());
    }

    private static Set<String> users(JavaClass detector) {
        return detector.getDirectDependenciesToSelf().stream()
                .map(Dependency::getOriginClass)
                .map(DetectorsTest::outermost)
                .filter(user -> !user.equals(detector) && !isForTests(user))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isForTests(JavaClass user) {
        return user.getPackageName().startsWith("dev.forestall.testkit")
                || user.getPackageName().startsWith("dev.forestall.acceptance");
    }

    private static JavaClass outermost(JavaClass of) {
        JavaClass outer = of;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
