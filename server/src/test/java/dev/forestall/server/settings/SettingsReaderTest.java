package dev.forestall.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

    @TempDir
    Path directory;

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("forestall.yaml"), text).toString();
    }

    @Test
    void without_a_word_a_server_is_reached_from_this_machine_only_and_has_a_database_of_its_own() {
        Settings settings = SettingsReader.read(List.of(), Map.of());
        assertThat(settings.bind()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.database()).isEmpty();
        assertThat(settings.ingest().maxEvent()).isEqualTo(32_768);
        assertThat(settings.ingest().corsOrigins()).isEmpty();
    }

    @Test
    void the_command_line_counts_more_than_the_environment_and_that_more_than_the_file() throws IOException {
        String file = file("""
                server: { port: 1001, bind: 127.0.0.2 }
                data: { dir: of-the-file }
                ingest:
                  max_event: 64KiB
                  cors_origins: [https://shop.example, http://localhost:3000]
                """);
        Settings settings = SettingsReader.read(
                List.of("--config", file, "--port=1003"),
                Map.of("FORESTALL_SERVER_PORT", "1002", "FORESTALL_DATA_DIR", "of-the-environment"));
        assertThat(settings.port()).isEqualTo(1003);
        assertThat(settings.data()).isEqualTo(Path.of("of-the-environment"));
        assertThat(settings.bind()).isEqualTo("127.0.0.2");
        assertThat(settings.ingest().maxEvent()).isEqualTo(65_536);
        assertThat(settings.ingest().corsOrigins()).containsExactly("https://shop.example", "http://localhost:3000");
    }

    @Test
    void what_other_machines_can_reach_speaks_tls_or_stands_behind_what_does() throws IOException {
        assertThatThrownBy(() -> SettingsReader.read(List.of("--bind", "0.0.0.0"), Map.of()))
                .isInstanceOf(WrongSettings.class)
                .hasMessageContaining("server.bind: 0.0.0.0 can be reached from other machines")
                .hasMessageContaining("server.tls.certificate");
        String behind = file("server: { bind: 0.0.0.0, public_url: \"https://forestall.example\" }\n");
        assertThat(SettingsReader.read(List.of("--config", behind), Map.of()).isBehindTls())
                .isTrue();
        String half = file("server: { bind: 0.0.0.0, tls: { certificate: missing.pem } }\n");
        assertThatThrownBy(() -> SettingsReader.read(List.of("--config", half), Map.of()))
                .hasMessageContaining("server.tls.key: it is missing")
                .hasMessageContaining("missing.pem is no file");
        assertThat(SettingsReader.read(List.of(), Map.of()).isBehindTls()).isFalse();
    }

    @Test
    void a_secret_can_be_in_a_file_that_the_environment_names() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "open sesame\n");
        Settings settings = SettingsReader.read(
                List.of("--database", "jdbc:postgresql://db.example/forestall"),
                Map.of("FORESTALL_DATABASE_USER", "us", "FORESTALL_DATABASE_PASSWORD_FILE", secret.toString()));
        assertThat(settings.database().orElseThrow().password()).isEqualTo("open sesame");
        assertThat(settings.toString()).doesNotContain("sesame");
    }

    @Test
    void whatever_is_wrong_is_said_at_once_with_its_place() throws IOException {
        String file = file("""
                server:
                  prot: 80
                  port: many
                ingest: { max_event: 32768 }
                colour: red
                """);
        assertThatThrownBy(() -> SettingsReader.read(
                        List.of("--config", file, "--pakc", "--data"), Map.of("FORESTALL_INGEST_QUEUE", "1TB")))
                .isInstanceOf(WrongSettings.class)
                .message()
                .contains(":2:3 server.prot: there is no such key. Maybe server.port?")
                .contains(":3:3 server.port: found 'many', expected a whole number from 0 to 65535")
                .contains("ingest.max_event: found '32768', expected a size from 1KiB to 1MiB")
                .contains(":5:1 colour: there is no such key. There are server.bind, ")
                .contains("--pakc: there is no such option. Maybe --pack?")
                .contains("--data: a value is missing behind it")
                .contains("FORESTALL_INGEST_QUEUE ingest.queue: found '1TB', expected a size from 1MiB to 1GiB");
    }

    @Test
    void a_database_needs_somebody_to_be() {
        assertThatThrownBy(() -> SettingsReader.read(List.of("--database=jdbc:postgresql://db.example/x"), Map.of()))
                .message()
                .contains("database.user: it is missing")
                .contains("FORESTALL_DATABASE_PASSWORD_FILE");
    }

    @Test
    void a_file_that_is_not_there_is_said() {
        assertThatThrownBy(() -> SettingsReader.read(List.of("--config", "nowhere.yaml"), Map.of()))
                .message()
                .startsWith("SRV-001 nowhere.yaml: it cannot be read");
    }
}
