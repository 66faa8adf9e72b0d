package dev.forestall.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.embedded.DataDirectory;
import dev.forestall.loop.host.StorageException;
import dev.forestall.server.settings.WrongSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may sign in, kept while the server is down. */
class UserToolTest {

    @TempDir
    private Path data;

    private String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        UserTool.run(all, Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void users_are_added_and_get_new_passwords_roles_and_leave() {
        assertThat(run("add", "ada", "--role", "administrator"))
                .matches(
                        "(?s)ada   one-time password  [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}  \\(24 h, shown once\\)\\s+");
        String first = run("reset", "ada");
        assertThat(run("reset", "ada")).isNotEqualTo(first).contains("one-time password");
        run("role", "ada", "--role", "auditor");
        run("disable", "ada");
        assertThat(run("list")).contains("ada   auditor   disabled");
        run("enable", "ada");
        assertThat(run("list")).contains("ada   auditor   one-time password");
        assertThatThrownBy(() -> run("add", "ada", "--role", "agent"))
                .isInstanceOf(WrongSettings.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> run("reset", "bob")).hasMessageContaining("there is no user bob");
    }

    @Test
    void what_makes_no_sense_is_said_before_anything_is_opened() {
        assertThatThrownBy(() -> run()).hasMessageContaining("list, add, reset");
        assertThatThrownBy(() -> run("add", "ada")).hasMessageContaining("--role agent");
        assertThatThrownBy(() -> run("add", "ada", "--role", "king")).hasMessageContaining("there is no role 'king'");
        assertThatThrownBy(() -> run("reset")).hasMessageContaining("say whom");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void while_a_server_uses_the_data_it_is_refused() throws Exception {
        try (AutoCloseable lock = DataDirectory.lock(data)) {
            assertThatThrownBy(() -> run("list"))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("in use by process");
        }
    }
}
