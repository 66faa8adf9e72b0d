package dev.forestall.cli.command;

import static dev.forestall.cli.command.Ran.forestall;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forestall.run.demo.DemoLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as people use them, on a small made-up log and the lending pack. */
class CommandsTest {

    private static final Path PACK = Path.of("../packs/lending");
    private static final int APPLICATIONS = 80;

    @TempDir
    Path directory;

    private Path log = Path.of("");
    private Path data = Path.of("");

    @BeforeEach
    void a_log() throws IOException {
        log = directory.resolve("log.csv");
        data = directory.resolve("data");
        DemoLog.write(log, 7, APPLICATIONS);
    }

    @Test
    void a_replay_tells_programs_how_much_went_in_and_what_came_of_it() throws IOException {
        JsonNode report = json(replay("--json"));
        assertThat(report.get("events").asLong() + report.get("rejected").asLong())
                .isEqualTo(Files.readAllLines(log).size() - 1);
        assertThat(report.get("subjects_by_kind").get("customer").asInt()).isEqualTo(APPLICATIONS);
        assertThat(report.get("report").get("journeys").get(0).get("started").asInt())
                .isEqualTo(APPLICATIONS);
        assertThat(report.get("signals").get("offer_unanswered").asInt()).isPositive();
        assertThat(report.get("decisions").has("save_offers")).isTrue();
    }

    @Test
    void the_number_of_partitions_does_not_change_a_byte_of_the_outputs() throws IOException {
        assertThat(replay("--out", directory.resolve("one")).code()).isZero();
        assertThat(replay("--out", directory.resolve("three"), "--partitions", 3)
                        .code())
                .isZero();
        assertThat(directory.resolve("one").resolve("signals.jsonl")).isNotEmptyFile();
        for (String name : List.of("signals", "risks", "reasons", "alerts", "decisions", "outcomes", "transitions")) {
            for (String ending : List.of(".jsonl", ".parquet")) {
                // Without a model there are no risks: their files are there, and hold no line.
                assertThat(directory.resolve("three").resolve(name + ending))
                        .exists()
                        .hasSameBinaryContentAs(directory.resolve("one").resolve(name + ending));
            }
        }
    }

    @Test
    void a_replay_stops_at_an_instant_and_goes_on_from_there() throws IOException {
        JsonNode half = json(replay("--json", "--as-of", "2025-03-01"));
        JsonNode rest = json(replay("--json", "--resume"));
        assertThat(half.get("events").asLong()).isPositive();
        assertThat(half.get("last_event").asText()).isLessThan("2025-03-01T00:00:00.001Z");
        assertThat(rest.get("events").asLong())
                .isEqualTo(half.get("events").asLong() + rest.get("new_events").asLong());
        assertThat(rest.get("new_events").asLong()).isPositive();
        assertThat(json(replay("--json", "--resume")).get("new_events").asLong())
                .isZero();
    }

    @Test
    void what_goes_on_after_an_instant_ends_like_a_run_that_never_stopped() throws IOException {
        Path calm = directory.resolve("calm");
        Path stopped = directory.resolve("stopped");
        assertThat(replay("--out", calm).code()).isZero();
        for (String instant : List.of("2025-02-01", "2025-03-01T10:17:03.001")) {
            replay("--as-of", instant, "--out", stopped);
            assertThat(stopped.resolve("signals.jsonl"))
                    .content()
                    .isNotEqualTo(Files.readString(calm.resolve("signals.jsonl")));
            assertThat(replay("--resume", "--out", stopped).code()).isZero();
            for (String name :
                    List.of("signals", "risks", "reasons", "alerts", "decisions", "outcomes", "transitions")) {
                assertThat(stopped.resolve(name + ".jsonl")).hasSameBinaryContentAs(calm.resolve(name + ".jsonl"));
            }
        }
    }

    @Test
    void a_run_goes_on_after_a_crash_in_the_midst_of_throwing_away_an_older_one() throws IOException {
        Path calm = directory.resolve("calm");
        assertThat(replay("--out", calm).code()).isZero();
        Path older = Files.createDirectories(directory.resolve("older")).resolve("log.csv");
        DemoLog.write(older, 8, 3 * APPLICATIONS);
        for (boolean hasLog : new boolean[] {true, false}) {
            assertThat(forestall("replay", older, "--pack", PACK, "--data", data)
                            .code())
                    .isZero();
            // As far as it had come: the mark is set and the first things are gone.
            Files.createFile(data.resolve("CLEARING"));
            Files.delete(data.resolve("run.json"));
            if (!hasLog) {
                Files.move(data.resolve("log"), directory.resolve("gone"));
            }
            Path out = directory.resolve("out-" + hasLog);
            Ran on = replay("--resume", "--out", out);
            assertThat(on.code()).as(on.err()).isZero();
            assertThat(out.resolve("signals.jsonl")).hasSameBinaryContentAs(calm.resolve("signals.jsonl"));
            assertThat(data.resolve("CLEARING")).doesNotExist();
        }
    }

    @Test
    void a_thread_ends_at_the_raw_lines_of_the_file() throws IOException {
        String id = json(replay("--json")).get("examples").get("trace").asText();
        Ran trace = forestall("trace", id.substring(0, 8), "--data", data);
        assertThat(trace.code()).as(trace.err()).isZero();
        List<String> lines = Files.readAllLines(log);
        assertThat(trace.out().lines().map(String::strip)).anyMatch(lines::contains);
        assertThat(trace.out())
                .contains("outcome ")
                .contains("decision of policy ")
                .contains("signal ");

        JsonNode json = json(forestall("trace", id, "--data", data, "--json"));
        assertThat(json.get("effect").asText()).isEqualTo("outcome");
        assertThat(json.get("because").get(0).get("effect").asText()).isEqualTo("decision");
        assertThat(json.get("because")
                        .get(0)
                        .get("because")
                        .get(0)
                        .get("effect")
                        .asText())
                .isEqualTo("signal");
    }

    @Test
    void ids_that_lead_nowhere_are_told_apart_from_ids_that_are_too_short() {
        replay();
        Ran unknown = forestall("trace", "000000000000", "--data", data);
        assertThat(unknown.code()).isEqualTo(4);
        assertThat(unknown.err()).startsWith("CLI-001 ");
        assertThat(forestall("trace", "abc", "--data", data).code()).isEqualTo(2);
    }

    @Test
    void a_customer_as_of_an_earlier_instant_has_only_what_had_happened_by_then() throws IOException {
        String key = json(replay("--json")).get("examples").get("customer").asText();
        JsonNode now = json(forestall("customer", key, "--data", data, "--json"));
        String first = now.get("journeys").get(0).get("started_at").asText();
        JsonNode then = json(forestall("customer", key, "--data", data, "--json", "--as-of", first));
        assertThat(then.get("events").asLong()).isBetween(1L, now.get("events").asLong() - 1);
        assertThat(then.get("journeys").get(0).get("open").asBoolean()).isTrue();
        assertThat(forestall("customer", key, "--data", data).out())
                .contains("Journeys")
                .contains("Latest events");
        assertThat(forestall("customer", "nobody", "--data", data).code()).isEqualTo(4);
        assertThat(forestall("customer", key, "--data", data, "--as-of", "2000-01-01")
                        .code())
                .isEqualTo(4);
    }

    @Test
    void what_was_rejected_is_listed_repaired_and_read_again_exactly_once() throws IOException {
        long before = json(replay("--json")).get("rejected").asLong();
        JsonNode listed = json(forestall("rejected", "list", "--data", data, "--json"));
        assertThat(listed.get("rejected").asLong()).isEqualTo(before).isPositive();

        Path file = data.resolve("rejected/log.csv.jsonl");
        List<String> good = Files.readAllLines(log);
        List<String> broken = Files.readAllLines(file);
        String repaired = broken.getFirst().replaceFirst("\"raw\":\".*\"}$", "\"raw\":\"" + good.get(1) + "\"}");
        Files.write(
                file,
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(repaired),
                                broken.stream().skip(1))
                        .toList());

        Ran again = forestall("rejected", "replay", "--data", data, "--json");
        assertThat(again.code()).isEqualTo(before == 1 ? 0 : 1);
        assertThat(json(again).get("used").asLong()).isEqualTo(1);
        assertThat(json(again).get("rejected").asLong()).isEqualTo(before - 1);
        assertThat(json(forestall("rejected", "replay", "--data", data, "--json"))
                        .get("used")
                        .asLong())
                .isZero();
        // Going on with the run does not bring back what was repaired.
        assertThat(json(replay("--json", "--resume")).get("rejected").asLong()).isEqualTo(before - 1);
    }

    @Test
    void all_that_is_kept_of_a_customer_is_written_for_them_and_no_file_is_overwritten() throws IOException {
        String key = json(replay("--json")).get("examples").get("customer").asText();
        JsonNode kept = json(forestall("export", key, "--data", data));
        assertThat(kept.get("customer").asText()).isEqualTo(key);
        assertThat(kept.get("identifiers").get(0).get("value").asText()).isEqualTo(key);
        int events = json(forestall("customer", key, "--data", data, "--json"))
                .get("events")
                .asInt();
        assertThat(kept.get("events").size()).isEqualTo(events);
        assertThat(kept.get("events").get(0).get("properties").size()).isPositive();
        assertThat(kept.get("effects").size()).isPositive();
        Path file = data.resolveSibling("export.json");
        assertThat(forestall("export", key, "--data", data, "--out", file).code())
                .isZero();
        assertThat(file).isNotEmptyFile();
        assertThat(forestall("export", key, "--data", data, "--out", file).code())
                .isEqualTo(2);
        assertThat(forestall("export", "nobody", "--data", data).code()).isEqualTo(4);
    }

    @Test
    void what_others_have_put_beside_the_data_keeps_all_of_it() throws IOException {
        assertThat(replay("--json").code()).isZero();
        Path stray = Files.writeString(data.resolve("README.txt"), "mine");
        Ran refused = replay("--json");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("RUN-002").contains("README.txt");
        assertThat(stray).hasContent("mine");
        Files.delete(stray);
        // Nothing of the run was lost by that.
        assertThat(json(replay("--json", "--resume")).get("events").asLong()).isPositive();
        assertThat(replay("--json").code()).isZero();
    }

    @Test
    void outputs_overwrite_nothing_that_others_have_written_and_follow_no_link() throws IOException {
        Path out = Files.createDirectories(data.resolveSibling("out"));
        Path mine = Files.writeString(out.resolve("decisions.jsonl"), "mine");
        Ran refused = replay("--json", "--out", out);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("decisions.jsonl").contains("Nothing was changed");
        assertThat(mine).hasContent("mine");
        Files.delete(mine);
        Path elsewhere = Files.writeString(data.resolveSibling("elsewhere.txt"), "mine");
        assertThat(replay("--json", "--out", out).code()).isZero();
        Files.createSymbolicLink(out.resolve("decisions.jsonl.unfinished"), elsewhere);
        assertThat(replay("--json", "--out", out).code()).isZero();
        assertThat(elsewhere).hasContent("mine");
        assertThat(out.resolve("decisions.jsonl")).isNotEmptyFile();
        assertThat(replay("--json", "--out", data.resolve("files")).code()).isEqualTo(2);
    }

    @Test
    void an_erased_customer_is_not_known_any_more() throws IOException {
        String key = json(replay("--json")).get("examples").get("customer").asText();
        JsonNode erased = json(forestall("erase", key, "--because", "they asked", "--data", data, "--json"));
        assertThat(erased.get("names").asInt()).isEqualTo(1);
        assertThat(erased.get("effects").asInt()).isPositive();
        assertThat(forestall("customer", key, "--data", data).code()).isEqualTo(4);
        assertThat(forestall("erase", key, "--because", "they asked", "--data", data)
                        .code())
                .isEqualTo(4);
    }

    @Test
    void a_backup_is_restored_with_all_its_ids_and_whoever_was_erased_since_is_erased_again() throws IOException {
        JsonNode replayed = json(replay("--json"));
        String said = replayed.get("examples").get("trace").asText();
        String key = replayed.get("examples").get("customer").asText();
        Path copy = directory.resolve("copy");
        Path keys = directory.resolve("copy.keys");
        assertThat(forestall("backup", copy, "--keys", copy.resolve("keys"), "--data", data)
                        .code())
                .isEqualTo(3);
        assertThat(forestall("backup", copy, "--keys", keys, "--data", data).code())
                .isZero();
        JsonNode trace = json(forestall("trace", said, "--data", data, "--json"));
        assertThat(forestall("erase", key, "--because", "they asked", "--data", data)
                        .code())
                .isZero();

        Path whole = directory.resolve("whole");
        JsonNode restored = json(forestall("restore", copy, "--keys", keys, "--data", whole, "--json"));
        assertThat(restored.get("events").asLong())
                .isEqualTo(replayed.get("events").asLong());
        assertThat(json(forestall("trace", said, "--data", whole, "--json"))).isEqualTo(trace);
        assertThat(forestall("restore", copy, "--keys", keys, "--data", whole).code())
                .isEqualTo(3);

        Path without = directory.resolve("without");
        assertThat(forestall("restore", copy, "--keys", keys, "--erased", data.resolve("ERASED"), "--data", without)
                        .code())
                .isZero();
        assertThat(forestall("customer", key, "--data", without).code()).isEqualTo(4);
        assertThat(json(forestall("replay", log, "--pack", PACK, "--data", without, "--resume", "--json"))
                        .get("new_events")
                        .asLong())
                .isZero();
    }

    @Test
    void a_changed_pack_is_applied_to_what_is_there() throws IOException {
        JsonNode replayed = json(replay("--json"));
        String before = replayed.get("definition").asText();
        Path changed = Files.createDirectories(directory.resolve("changed"));
        Files.copy(PACK.resolve("baselines.json"), changed.resolve("baselines.json"));
        Files.writeString(
                changed.resolve("pack.yaml"),
                Files.readString(PACK.resolve("pack.yaml"))
                        .replace("trait.calls_this_week >= 6", "trait.calls_this_week >= 5"));
        Ran refused = forestall("replay", log, "--pack", changed, "--data", data, "--resume");
        assertThat(refused.code()).as(refused.err()).isEqualTo(3);
        String said = replayed.get("examples").get("trace").asText();
        JsonNode deployed = json(forestall("deploy", changed, "--data", data, "--json"));
        assertThat(deployed.get("replaced").asText()).isEqualTo(before);
        String after = deployed.get("definition").asText();
        assertThat(after).isNotEqualTo(before);
        assertThat(deployed.get("declarations").toString()).contains("refilled", "unchanged");
        JsonNode trace = json(forestall("trace", said, "--data", data, "--json"));
        assertThat(trace.get("definition").asText()).isEqualTo(before);
        assertThat(trace.get("program").asInt()).isPositive();
        // Rolling back is the same.
        assertThat(json(forestall("deploy", PACK, "--data", data, "--json"))
                        .get("definition")
                        .asText())
                .isEqualTo(before);
        assertThat(json(replay("--json", "--resume")).get("definition").asText())
                .isEqualTo(before);
    }

    @Test
    void a_wrong_file_ends_at_once_and_leaves_the_data_as_it_was() throws IOException {
        replay();
        byte[] before = Files.readAllBytes(data.resolve("run.json"));
        Path wrong = Files.writeString(directory.resolve("wrong.csv"), "a,b\n1,2\n");
        for (Path each : List.of(wrong, directory.resolve("missing.csv"))) {
            Ran ran = forestall("replay", each, "--pack", PACK, "--data", data);
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).startsWith("CON-").doesNotContain("\tat ");
        }
        assertThat(data.resolve("run.json")).hasBinaryContent(before);
    }

    @Test
    void a_directory_that_holds_something_else_is_not_touched() throws IOException {
        Files.createDirectories(data);
        Path other = Files.writeString(data.resolve("letter.txt"), "dear");
        assertThat(replay().code()).isEqualTo(3);
        assertThat(other).hasContent("dear");
        Ran none = forestall("trace", "abcdefgh", "--data", directory.resolve("nothing"));
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.err()).startsWith("RUN-001 ");
    }

    @Test
    void a_check_ends_well_for_a_good_pack_and_names_all_problems_of_a_bad_one() throws IOException {
        Ran good = forestall("check", PACK);
        assertThat(good.code()).as(good.out()).isZero();
        assertThat(good.out()).contains("Pack lending is fine").contains("bytes of state per customer");
        Path bad = Files.writeString(
                directory.resolve("bad.yaml"), "pack: bad\nsgnals: {}\nevents: { a: { x: nonsense } }\n");
        Ran found = forestall("check", bad, "--json");
        assertThat(found.code()).isEqualTo(1);
        assertThat(json(found).get("ok").asBoolean()).isFalse();
        assertThat(json(found).get("problems").size()).isGreaterThan(1);
        assertThat(forestall("check", directory.resolve("none")).code()).isEqualTo(2);
    }

    @Test
    void baselines_are_learned_and_found_by_the_pack() throws IOException {
        Path copy = Files.createDirectories(directory.resolve("pack"));
        Files.copy(PACK.resolve("pack.yaml"), copy.resolve("pack.yaml"));
        assertThat(forestall("check", copy).code()).isEqualTo(1);
        Ran learned = forestall("baselines", log, "--pack", copy, "--json");
        assertThat(learned.code()).as(learned.err()).isZero();
        assertThat(json(learned)
                        .get("times")
                        .get("offer_unanswered")
                        .get("observed")
                        .asLong())
                .isPositive();
        assertThat(forestall("check", copy).code()).isZero();
    }

    @Test
    void a_log_without_a_usable_event_teaches_nothing_and_says_so() throws IOException {
        List<String> lines = Files.readAllLines(log);
        Path empty = Files.writeString(directory.resolve("empty.csv"), lines.getFirst() + "\n");
        Path unknown = Files.writeString(
                directory.resolve("unknown.csv"),
                lines.getFirst() + "\n" + lines.get(1).replace("A_SUBMITTED", "X_UNKNOWN") + "\n");
        Path baselines = directory.resolve("learned.json");
        Ran nothing = forestall("baselines", empty, "--pack", PACK, "--out", baselines);
        assertThat(nothing.code()).as(nothing.err()).isEqualTo(2);
        assertThat(nothing.err()).startsWith("CLI-011 ").contains("it holds no record");
        Ran unusable = forestall("baselines", unknown, "--pack", PACK, "--out", baselines);
        assertThat(unusable.code()).as(unusable.err()).isEqualTo(2);
        assertThat(unusable.err()).startsWith("CLI-011 ").contains("none of its 1 record could be used");
        assertThat(baselines).doesNotExist();
    }

    @Test
    void what_is_mistyped_is_met_with_a_suggestion_and_exit_code_two() {
        Ran command = forestall("reply");
        assertThat(command.code()).isEqualTo(2);
        assertThat(command.err()).contains("replay");
        Ran option = forestall("check", PACK, "--jsno");
        assertThat(option.code()).isEqualTo(2);
        assertThat(option.err()).contains("--jsno").contains("--json").doesNotContain("\tat ");
        assertThat(forestall().code()).isEqualTo(2);
        Ran moment = forestall("replay", log, "--pack", PACK, "--data", data, "--as-of", "yesterday");
        assertThat(moment.code()).isEqualTo(2);
        assertThat(moment.err()).contains("'yesterday'").contains("2012-01-31");
    }

    @Test
    void help_lists_the_commands_and_explains_each() {
        assertThat(forestall("help").out())
                .contains("replay")
                .contains("rejected")
                .contains("customer");
        assertThat(forestall("help", "replay").out()).contains("--as-of");
        assertThat(forestall("replay", "--help").out()).contains("--as-of");
        assertThat(forestall("version").out()).startsWith("forestall ");
        assertThat(forestall("--version").out()).startsWith("forestall ");
    }

    @Test
    void the_demo_says_what_was_planted() {
        Ran demo = forestall("demo", "--report", "--customers", APPLICATIONS, "--data", data);
        assertThat(demo.code()).as(demo.err()).isZero();
        assertThat(demo.out()).contains("Journey application").contains("What was planted");
        assertThat(forestall("demo", "--report", "--customers", 0, "--data", data)
                        .code())
                .isEqualTo(2);
        Ran other = forestall("demo", "--data", data);
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("./forestall demo");
    }

    @Test
    void the_doctor_says_what_is_wrong_and_what_to_do() {
        Ran nothing = forestall("doctor", "--data", data.resolve("nowhere"));
        assertThat(nothing.code()).isZero();
        assertThat(nothing.out())
                .contains("warn  data")
                .contains("./forestall serve")
                .contains("ok    disk");
        Ran unreachable = forestall("doctor", "--data", data, "--url", "http://127.0.0.1:1", "--json");
        assertThat(unreachable.code()).isEqualTo(1);
        assertThat(unreachable.out()).contains("\"verdict\" : \"fail\"").contains("does not answer");
        assertThat(forestall("doctor", "--url", "nowhere").code()).isEqualTo(2);
    }

    private Ran replay(Object... more) {
        Object[] start = {"replay", log, "--pack", PACK, "--data", data};
        Object[] all = java.util.Arrays.copyOf(start, start.length + more.length);
        System.arraycopy(more, 0, all, start.length, more.length);
        return forestall(all);
    }

    private static JsonNode json(Ran ran) throws IOException {
        assertThat(ran.out()).as(ran.err()).startsWith("{");
        return new ObjectMapper().readTree(ran.out());
    }
}
