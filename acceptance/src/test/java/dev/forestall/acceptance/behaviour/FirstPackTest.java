package dev.forestall.acceptance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.acceptance.RealLogs;
import dev.forestall.pack.Packs;
import dev.forestall.run.draft.DraftOptions;
import dev.forestall.run.draft.Drafted;
import dev.forestall.run.draft.Drafting;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packs proposed for the logs of real companies, which nobody wrote for us. */
class FirstPackTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "helpdesk_italy_tickets/Helpdesk.xes.gz, case:concept:name, time:timestamp, concept:name, 4580, 21348",
        "sepsis_cases/sepsis_events.csv, case:concept:name, time:timestamp, concept:name, 1050, 15214",
        "servicenow_incidents_uci/incident_event_log.csv.gz, number, sys_updated_at, incident_state, 24918, 141712"
    })
    void a_log_that_nobody_described_gets_a_pack_that_reads_all_of_it(
            String log, String id, String time, String event, long customers, long events) throws IOException {
        Path pack = directory.resolve("pack.yaml");
        Drafted drafted = Drafting.write(RealLogs.file(log), pack, DraftOptions.none(), (doing, share, figures) -> {});
        assertThat(drafted.taken())
                .extracting(Drafted.Taken::role, Drafted.Taken::column)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("identifier", id),
                        org.assertj.core.groups.Tuple.tuple("time", time),
                        org.assertj.core.groups.Tuple.tuple("event", event));
        assertThat(drafted.customers()).isEqualTo(customers);
        assertThat(drafted.events()).isEqualTo(events);
        assertThat(drafted.predictions()).hasSize(2);
        assertThat(drafted.signals())
                .hasSizeBetween(4, 8)
                .allSatisfy(signal ->
                        assertThat((double) signal.customers() / customers).isBetween(0.01, 0.6));
        assertThat(Packs.check(pack).problems()).isEmpty();
    }
}
