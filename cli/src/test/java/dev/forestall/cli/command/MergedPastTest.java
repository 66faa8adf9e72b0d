package dev.forestall.cli.command;

import static dev.forestall.cli.command.Ran.forestall;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two identifiers turn out to be one customer, whose past together would have led to other decisions than those that were made. What was not
 * decided is counted nowhere: not in outcomes, not in caps; and what was decided stays, under the id that was handed out.
 */
class MergedPastTest {

    private static final String HEADER = "user,device,event,when\n";

    @TempDir
    Path directory;

    private Path out = Path.of("");

    @Test
    void decisions_that_nobody_made_have_no_outcome() throws IOException {
        // Three failures only when both are known to be one; by then they are over.
        replay("""
                u1,,fail,2025-03-01T10:00:00Z
                ,d1,fail,2025-03-01T10:01:00Z
                u1,,fail,2025-03-01T10:02:00Z
                u1,d1,note,2025-03-01T10:30:00Z
                u1,,reply,2025-03-01T10:40:00Z
                u1,,note,2025-03-01T15:00:00Z
                """);
        assertThat(output("decisions")).isEmpty();
        assertThat(output("outcomes")).isEmpty();
    }

    @Test
    void an_outcome_goes_back_to_the_decision_that_was_made() throws IOException {
        replay("""
                ,d1,fail,2025-03-01T10:00:00Z
                ,d1,fail,2025-03-01T10:01:00Z
                ,d1,fail,2025-03-01T10:02:00Z
                u1,,fail,2025-03-01T10:02:30Z
                u1,d1,note,2025-03-01T10:10:00Z
                u1,,reply,2025-03-01T10:40:00Z
                u1,,note,2025-03-01T15:00:00Z
                """);
        assertThat(output("decisions")).hasSize(1);
        assertThat(output("outcomes"))
                .singleElement()
                .satisfies(outcome ->
                        assertThat(outcome.get("success").asBoolean()).isTrue())
                .extracting(outcome -> outcome.get("causes").get(0).asText())
                .isEqualTo(output("decisions").getFirst().get("id").asText());
    }

    @Test
    void a_cap_counts_the_contacts_of_both_and_no_others() throws IOException {
        replay("""
                u1,,fail,2025-03-01T10:00:00Z
                u1,,fail,2025-03-01T10:01:00Z
                u1,,fail,2025-03-01T10:02:00Z
                u1,d1,note,2025-03-01T10:10:00Z
                ,d1,fail,2025-03-01T20:00:00Z
                ,d1,fail,2025-03-01T20:01:00Z
                ,d1,fail,2025-03-01T20:02:00Z
                u1,,fail,2025-03-02T10:02:00Z
                u1,,fail,2025-03-02T10:03:00Z
                u1,,fail,2025-03-02T10:04:00Z
                """);
        assertThat(chosen()).containsExactly("call", "nothing", "call");
    }

    @Test
    void who_would_have_been_called_by_a_past_that_nobody_knew_was_not_called() throws IOException {
        replay("""
                u1,,fail,2025-03-01T10:00:00Z
                ,d1,fail,2025-03-01T10:01:00Z
                u1,,fail,2025-03-01T10:02:00Z
                u1,d1,note,2025-03-01T10:30:00Z
                u1,,fail,2025-03-01T20:00:00Z
                u1,,fail,2025-03-01T20:01:00Z
                u1,,fail,2025-03-01T20:02:00Z
                """);
        assertThat(chosen()).containsExactly("call");
    }

    private List<String> chosen() throws IOException {
        return output("decisions").stream()
                .map(each -> each.get("chosen").asText())
                .toList();
    }

    private void replay(String log) throws IOException {
        Path pack = directory.resolve("pack.yaml");
        Path file = directory.resolve("log.csv");
        out = directory.resolve("out");
        Files.writeString(file, HEADER + log);
        Files.writeString(pack, """
                pack: calls
                subjects:
                  customer: { identifiers: [userId, deviceId] }
                events:
                  fail: {}
                  reply: {}
                  note: {}
                signals:
                  three: { repeat: { of: fail, times: 3, within: 10m }, fires: each event }
                actions:
                  call: { workflow: a.bpmn, channel: voice, cost: 1.00 }
                policies:
                  help:
                    on: [signal.three]
                    candidates: [{ action: call, uplift: 0.5 }]
                    objective: uplift * 100.0 - cost
                    holdout: 0%
                gate:
                  caps: { voice: 1 per 1d }
                outcomes:
                  replied: { event: reply, within: 1h }
                files:
                  csv:
                    format: csv
                    identifiers: { userId: user, deviceId: device }
                    event: { from: event }
                    time: { from: when }
                """);
        Ran ran = forestall("replay", file, "--pack", pack, "--data", directory.resolve("data"), "--out", out);
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    private List<JsonNode> output(String name) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve(name + ".jsonl"))) {
            rows.add(new ObjectMapper().readTree(line));
        }
        return rows;
    }
}
