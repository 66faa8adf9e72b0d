package dev.forestall.acceptance.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs({OS.LINUX, OS.MAC})
class ForestallScriptTest {
    private static final String BUILDS =
            "mkdir -p cli/target && touch cli/target/forestall-cli.jar && echo built >>cli/target/builds\n";

    @TempDir
    Path directory;

    private FakeCheckout checkout;

    @BeforeEach
    void clone_it() throws IOException {
        checkout = new FakeCheckout(directory);
        checkout.maven("echo 'Maven is not expected here' >&2; exit 1\n");
    }

    @Test
    void arguments_reach_the_command_line_as_they_are_and_where_the_user_is() throws Exception {
        checkout.built();
        var elsewhere = Files.createDirectories(checkout.root().resolveSibling("elsewhere"));
        var link = Files.createSymbolicLink(elsewhere.resolve("f"), Path.of("../clone/forestall"));
        var ended = checkout.run(elsewhere, link.toString(), "replay", "my log.csv", "--pack=p");
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .startsWith("in " + elsewhere + "\n")
                .endsWith("[-jar]\n[" + checkout.root() + "/cli/target/forestall-cli.jar]\n"
                        + "[replay]\n[my log.csv]\n[--pack=p]\n");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void options_of_the_user_reach_java_and_her_collector_replaces_ours() throws Exception {
        checkout.built();
        assertThat(forestall().out()).contains("[-XX:+UseSerialGC]");
        checkout.set("FORESTALL_JAVA_OPTS", "-Xmx256m -XX:+UseG1GC");
        assertThat(forestall().out()).contains("[-Xmx256m]\n[-XX:+UseG1GC]\n").doesNotContain("UseSerialGC");
    }

    @ParameterizedTest
    @CsvSource({"check, true", "--help, true", "version, true", "replay, false", "baselines, false", "rejected, false"})
    void only_what_is_over_in_a_second_does_without_the_optimising_compiler(String command, boolean isShort)
            throws Exception {
        checkout.built();
        String said =
                checkout.run(checkout.root(), "./forestall", command, "check").out();
        assertThat(said.contains("[-XX:TieredStopAtLevel=1]\n")).isEqualTo(isShort);
        assertThat(checkout.run(checkout.root(), "./forestall").out()).contains("[-XX:TieredStopAtLevel=1]\n");
    }

    @Test
    void options_that_an_older_java_does_not_know_are_not_given_to_it() throws Exception {
        checkout.built();
        assertThat(forestall().out()).doesNotContain("sun-misc-unsafe").contains("forestall-java21.jsa");
        checkout.set("JAVA_HOME", checkout.jdk("newer", "25.0.1").toString());
        assertThat(forestall().out()).contains("sun-misc-unsafe").contains("forestall-java25.jsa");
    }

    @Test
    void what_is_missing_is_built_once_and_quietly() throws Exception {
        checkout.maven(BUILDS);
        var first = forestall();
        assertThat(first.code()).isZero();
        assertThat(first.out()).startsWith("in ");
        assertThat(first.err())
                .startsWith("Building Forestall for the first time")
                .endsWith(" s.\n");
        assertThat(forestall().err()).isEmpty();
        assertThat(checkout.root().resolve("cli/target/builds")).hasContent("built");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "loop/pom.xml", "embedded/src/main/java/Main.java"})
    void a_change_is_built(String changed) throws Exception {
        checkout.maven(BUILDS);
        forestall();
        checkout.touch(changed);
        assertThat(forestall().err()).startsWith("Building Forestall ...");
    }

    @Test
    void a_removed_source_is_a_change() throws Exception {
        checkout.maven(BUILDS);
        forestall();
        Files.delete(checkout.root().resolve("pack/src/main/java/Main.java"));
        checkout.touch("pack/src/main/java");
        assertThat(forestall().err()).startsWith("Building Forestall ...");
    }

    @Test
    void a_changed_test_is_not() throws Exception {
        checkout.maven(BUILDS);
        forestall();
        checkout.touch("loop/src/test/java/MainTest.java");
        assertThat(forestall().err()).isEmpty();
    }

    @Test
    void a_failed_build_shows_why_and_is_tried_again() throws Exception {
        checkout.maven("echo 'Main.java:[1,7] a class is missing'; exit 1\n");
        var failed = forestall();
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("The build failed").contains("Main.java:[1,7] a class is missing");
        checkout.maven(BUILDS);
        assertThat(forestall().code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"21, 21", "21.0.2, 21", "25-ea, 25", "1.8.0_392, 8", "17.0.15, 17"})
    void versions_are_read_as_java_writes_them(String version, String major) throws Exception {
        var home = checkout.jdk("other", version);
        assertThat(checkout.shell("java_major " + home + "; echo $MAJOR").out()).isEqualTo(major + "\n");
    }

    @Test
    void a_good_java_home_is_kept() throws Exception {
        assertThat(checkout.shell("find_jdk && echo $JAVA_HOME").out())
                .isEqualTo(checkout.root().resolveSibling("jdk") + "\n");
    }

    @Test
    void an_old_java_home_gives_way_to_the_java_on_the_path() throws Exception {
        checkout.set("JAVA_HOME", checkout.jdk("old", "17.0.15").toString());
        var newer = checkout.jdk("newer", "23");
        Files.createSymbolicLink(checkout.root().resolve("bin/java"), newer.resolve("bin/java"));
        assertThat(checkout.shell("find_jdk && echo $JAVA_HOME").out()).isEqualTo(newer + "\n");
    }

    @Test
    void of_several_the_newest_that_can_compile_is_taken() throws Exception {
        var jre = checkout.jdk("jre", "27");
        Files.delete(jre.resolve("bin/javac"));
        var places = checkout.jdk("a", "21.0.2") + " " + checkout.jdk("b", "22") + " " + jre + " "
                + checkout.jdk("c", "17") + " /none/*";
        assertThat(checkout.shell("newest_jdk " + places + " && echo $NEWEST").out())
                .isEqualTo(checkout.root().resolveSibling("b") + "\n");
        assertThat(checkout.shell("newest_jdk /none/* || echo nothing").out()).isEqualTo("nothing\n");
    }

    @Test
    void without_a_jdk_it_says_what_was_found_and_what_to_install() throws Exception {
        checkout.set("JAVA_HOME", checkout.jdk("old", "17.0.15").toString());
        assertThat(checkout.shell("explain_missing_jdk").err())
                .contains("version 21 or newer")
                .contains("which is version 17")
                .contains("apt install")
                .contains("brew install");
    }

    private FakeCheckout.Ended forestall() throws IOException, InterruptedException {
        return checkout.run(checkout.root(), "./forestall", "check");
    }
}
