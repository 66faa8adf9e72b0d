package dev.forestall.cli.command;

import static dev.forestall.cli.command.Ran.forestall;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about who is who, on the log of a small shop: Ann looks around on a tablet, asks twice, and logs in. */
class IdentityCommandTest {

    private static final String PACK = """
            pack: shop
            subjects:
              customer: { identifiers: [userId, email, deviceId] }
            events:
              asked: {}
              visited: {}
            signals:
              chasing: { repeat: { of: asked, times: 2, within: 5h } }
            files:
              web:
                format: csv
                identifiers: { userId: user, email: email, deviceId: device }
                event: { from: what }
                time: { from: when }
            """;

    private static final String LOG = """
            user,email,device,what,when
            ,,tablet,asked,2025-03-01T10:00:00Z
            ,,tablet,asked,2025-03-01T11:00:00Z
            ann,,tablet,visited,2025-03-01T12:00:00Z
            ann,ann@example.org,,visited,2025-03-01T13:00:00Z
            bob,,phone,visited,2025-03-01T14:00:00Z
            eve,,phone,visited,2025-03-01T15:00:00Z
            joe,,phone,visited,2025-03-01T16:00:00Z
            """;

    @TempDir
    Path directory;

    private Path data = Path.of("");

    @BeforeEach
    void a_replayed_log() throws IOException {
        data = directory.resolve("data");
        Path log = Files.writeString(directory.resolve("web.csv"), LOG);
        Path pack = Files.writeString(directory.resolve("pack.yaml"), PACK);
        Ran replayed = forestall("replay", log, "--pack", pack, "--data", data);
        assertThat(replayed.code()).as(replayed.err()).isZero();
        assertThat(replayed.out()).contains("IDN-004").contains("found shared").contains("identity list");
    }

    private static JsonNode json(Ran ran) throws IOException {
        assertThat(ran.err()).isEmpty();
        return new ObjectMapper().readTree(ran.out());
    }

    @Test
    void it_is_shown_by_what_a_customer_is_known_and_which_events_say_so() throws IOException {
        for (String key : new String[] {"ann", "tablet", "deviceId:tablet", "ann@example.org"}) {
            JsonNode ann = json(forestall("identity", key, "--data", data, "--json"));
            assertThat(ann.get("customer").asText()).isEqualTo("ann");
            assertThat(ann.get("identifiers")).hasSize(3);
            assertThat(ann.get("edges")).hasSize(2);
            assertThat(ann.get("edges").get(0).get("line").asInt()).isBetween(4, 5);
        }
        assertThat(forestall("identity", "ann", "--data", data).out())
                .contains("known by 3 identifiers")
                .containsPattern("deviceId:tablet +one customer")
                .contains("visited at 2025-03-01 12:00  web.csv:4");
    }

    @Test
    void the_way_between_two_identifiers_is_shown() throws IOException {
        JsonNode way = json(
                forestall("identity", "path", "email:ann@example.org", "deviceId:tablet", "--data", data, "--json"));
        assertThat(way.get("path")).hasSize(2);
        assertThat(forestall("identity", "path", "ann", "bob", "--data", data).out())
                .contains("Nothing makes ann and bob one customer.");
    }

    @Test
    void two_identifiers_are_unmerged_and_stay_so() throws IOException {
        assertThat(events("tablet")).isEqualTo(4);
        Ran unmerged = forestall("identity", "unmerge", "ann", "deviceId:tablet", "--data", data);
        assertThat(unmerged.code()).as(unmerged.err()).isZero();
        assertThat(unmerged.out()).contains("ann is customer ann, deviceId:tablet is customer deviceId:tablet.");
        assertThat(events("tablet")).isEqualTo(2);
        assertThat(events("ann")).isEqualTo(2);
        assertThat(forestall("identity", "ann", "--data", data).out()).contains("unmerged");

        Ran again = forestall("identity", "unmerge", "ann", "deviceId:tablet", "--data", data);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).startsWith("CLI-013 IDN-002");
        assertThat(json(forestall("identity", "list", "--data", data, "--json")).get("notices"))
                .anyMatch(notice -> notice.get("code").asText().equals("IDN-002"));
    }

    @Test
    void what_somebody_said_here_is_still_there_when_a_run_that_was_stopped_goes_on() throws IOException {
        Path log = directory.resolve("web.csv");
        Path pack = directory.resolve("pack.yaml");
        Ran stopped = forestall("replay", log, "--pack", pack, "--data", data, "--as-of", "2025-03-01T12:30");
        assertThat(stopped.code()).as(stopped.err()).isZero();
        assertThat(forestall("identity", "unmerge", "ann", "deviceId:tablet", "--data", data)
                        .code())
                .isZero();
        Ran on = forestall("replay", log, "--pack", pack, "--data", data, "--resume");
        assertThat(on.code()).as(on.err()).isZero();
        assertThat(json(forestall("identity", "tablet", "--data", data, "--json"))
                        .get("customer")
                        .asText())
                .isEqualTo("deviceId:tablet");
        assertThat(events("ann")).isEqualTo(2);
    }

    private long events(String customer) throws IOException {
        return json(forestall("customer", customer, "--data", data, "--json"))
                .get("events")
                .asLong();
    }

    @Test
    void the_customer_of_then_is_found_by_the_name_of_then() throws IOException {
        JsonNode then =
                json(forestall("customer", "deviceId:tablet", "--data", data, "--json", "--as-of", "2025-03-01T11:30"));
        assertThat(then.get("subject").asText()).isEqualTo("deviceId:tablet");
        assertThat(then.get("active_signals")).hasSize(1);
        JsonNode now = json(forestall("customer", "deviceId:tablet", "--data", data, "--json"));
        assertThat(now.get("subject").asText()).isEqualTo("ann");
    }

    @Test
    void what_was_only_found_in_hindsight_is_marked_in_a_trace() throws IOException {
        JsonNode ann = json(forestall("customer", "ann", "--data", data, "--json", "--as-of", "2025-03-01T13:30"));
        String id = ann.get("active_signals").get(0).get("id").asText();
        assertThat(forestall("trace", id, "--data", data).out())
                .contains("in hindsight, never said")
                .contains(",,tablet,asked,2025-03-01T11:00:00Z");
        assertThat(json(forestall("trace", id, "--data", data, "--json"))
                        .get("hindsight")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void who_is_nobody_or_several_is_not_found_and_nonsense_is_refused() throws IOException {
        assertThat(forestall("identity", "nobody", "--data", data).err()).startsWith("CLI-004");
        Files.writeString(directory.resolve("more.csv"), """
                user,email,device,what,when
                twin,,,visited,2025-03-02T10:00:00Z
                ,twin,,visited,2025-03-02T11:00:00Z
                """);
        assertThat(forestall(
                                "replay",
                                directory.resolve("more.csv"),
                                "--pack",
                                directory.resolve("pack.yaml"),
                                "--data",
                                data,
                                "--resume")
                        .code())
                .isZero();
        Ran several = forestall("identity", "twin", "--data", data);
        assertThat(several.code()).isEqualTo(4);
        assertThat(several.err()).startsWith("CLI-012").contains("email:twin");
        assertThat(forestall("identity", "unmerge", "ann", "ann", "--data", data)
                        .code())
                .isEqualTo(2);
        assertThat(forestall("identity", "--data", data).code()).isEqualTo(2);
    }
}
