package dev.forestall.acceptance.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class DevScriptTest {
    /** A Maven that writes down how it was called, and on {@code verify} leaves reports behind. */
    private static final String TESTS_RUN = """
            echo "$*" >>calls
            case "$*" in
              *verify*)
                mkdir -p loop/target/surefire-reports cli/target/surefire-reports
                echo '<testsuite name="A" time="0.1" tests="3" errors="0" skipped="1" failures="0">' \\
                  >loop/target/surefire-reports/TEST-A.xml
                cp other cli/target/surefire-reports/TEST-B.xml
                ;;
            esac
            """;

    private static final String GOOD_REPORT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="B" time="0.1" tests="2" errors="0" skipped="0" failures="0">
              <testcase name="is_good" classname="B" time="0.0"/>
            """;

    private static final String BAD_REPORT = """
            <testsuite name="B" time="0.1" tests="4" errors="1" skipped="0" failures="1">
              <testcase name="is_good" classname="B" time="0.0"/>
              <testcase name="is_bad" classname="B" time="0.0">
                <failure message="bad">at B</failure>
              </testcase>
              <testcase name="breaks" classname="B" time="0.0">
                <error message="broken">at B</error>
              </testcase>
            """;

    @TempDir
    Path directory;

    private FakeCheckout checkout;

    @BeforeEach
    void clone_it() throws IOException {
        checkout = new FakeCheckout(directory);
        checkout.built();
        checkout.maven(TESTS_RUN);
        checkout.write("other", GOOD_REPORT);
    }

    @Test
    void a_good_check_ends_with_the_sum_over_all_reports() throws Exception {
        var ended = dev("check");
        assertThat(ended.lastLine()).isEqualTo("4 passed, 0 failed, 1 skipped");
        assertThat(ended.code()).isZero();
    }

    @Test
    void failed_tests_fail_the_check_and_are_named() throws Exception {
        checkout.write("other", BAD_REPORT);
        var ended = dev("check");
        assertThat(ended.lastLine()).isEqualTo("4 passed, 2 failed, 1 skipped");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .contains("Failed: B#is_bad")
                .contains("Failed: B#breaks")
                .doesNotContain("B#is_good");
    }

    @Test
    void reports_of_an_earlier_run_do_not_count() throws Exception {
        checkout.write("pack/target/surefire-reports/TEST-Old.xml", BAD_REPORT);
        assertThat(dev("check").lastLine()).isEqualTo("4 passed, 0 failed, 1 skipped");
    }

    @Test
    void a_build_that_breaks_off_fails_the_check_although_no_test_has_failed() throws Exception {
        checkout.maven(TESTS_RUN + "case \"$*\" in *verify*) exit 1 ;; esac\n");
        var ended = dev("check");
        assertThat(ended.lastLine()).isEqualTo("4 passed, 1 failed, 1 skipped");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void wrong_format_fails_the_check_and_the_tests_still_run() throws Exception {
        checkout.maven(TESTS_RUN + "case \"$*\" in *spotless*) exit 1 ;; esac\n");
        var ended = dev("check");
        assertThat(ended.out()).contains("Format: FAILED");
        assertThat(ended.lastLine()).isEqualTo("4 passed, 1 failed, 1 skipped");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void a_command_of_the_readme_that_fails_fails_the_check() throws Exception {
        checkout.write(
                "scripts/java.sh",
                "find_jdk() { :; }\nuse_program() { :; }\nensure_program() { :; }\nmaven() { mvn \"$@\"; }\n");
        checkout.write("forestall", "#!/bin/sh\necho 'it broke'; exit 1\n");
        var ended = dev("check");
        assertThat(ended.out()).contains("it broke").contains("README: ./forestall demo: FAILED");
        assertThat(ended.lastLine()).isEqualTo("4 passed, 1 failed, 1 skipped");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void a_check_in_which_no_test_ran_fails() throws Exception {
        checkout.maven("exit 0\n");
        var ended = dev("check");
        assertThat(ended.lastLine()).isEqualTo("0 passed, 1 failed, 0 skipped");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void one_module_or_one_test_runs_without_those_of_the_modules_below() throws Exception {
        dev("test", "cli");
        assertThat(checkout.root().resolve("calls")).content().contains("-pl cli -am test -Dtest=dev/forestall/cli/**");
        dev("test", "MainTest#starts", "-o");
        assertThat(checkout.root().resolve("calls"))
                .content()
                .contains("-pl loop,cli -am test -Dtest=MainTest#starts")
                .endsWith(" -o\n");
    }

    @Test
    void what_is_no_module_and_no_test_is_refused_with_the_modules_there_are() throws Exception {
        var ended = dev("test", "lop");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("'lop'").contains("loop cli");
        assertThat(checkout.root().resolve("calls")).doesNotExist();
    }

    @Test
    void a_simulation_takes_its_seed_and_number_of_runs() throws Exception {
        checkout.write("loop/src/test/java/SimulationTest.java", "class SimulationTest {}");
        assertThat(dev("sim", "--seed", "7", "--runs", "100").code()).isZero();
        assertThat(checkout.root().resolve("calls"))
                .content()
                .contains("-Dforestall.sim.seed=7")
                .contains("-Dforestall.sim.runs=100");
        assertThat(dev("sim", "--seed", "x").code()).isEqualTo(2);
    }

    @Test
    void an_unknown_command_is_refused_with_what_there_is() throws Exception {
        var ended = dev("chekc");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("./dev check").endsWith("Unknown command 'chekc'.\n");
    }

    private FakeCheckout.Ended dev(String... arguments) throws IOException, InterruptedException {
        var command = new String[arguments.length + 1];
        command[0] = "./dev";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return checkout.run(checkout.root(), command);
    }
}
