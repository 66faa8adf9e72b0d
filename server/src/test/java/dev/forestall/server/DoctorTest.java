package dev.forestall.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor, asked about a server that runs. */
class DoctorTest {

    @TempDir
    Path nowhere;

    @Test
    void a_server_that_is_well_is_found_well_without_a_key() {
        CommandLine.Ran ran = CommandLine.run(
                "",
                "doctor",
                "--data",
                nowhere.toString(),
                "--url",
                TestServer.running().address().toString());
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).contains("server       takes events").contains("ok    clock");
    }
}
