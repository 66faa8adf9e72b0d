package dev.forestall.cli.command;

import static dev.forestall.cli.command.Ran.forestall;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file that nobody has described to a pack that reads it. */
class InitCommandTest {

    private static final Instant START = Instant.parse("2025-03-03T08:00:00Z");

    @TempDir
    Path directory;

    @Test
    void a_shop_in_csv_gets_a_pack_that_passes_and_reads_every_record() throws IOException {
        Path log = write("orders.csv", shop("customer_id;what;event_time;amount;email\n", "%s;%s;%s;%s;%s\n"));
        Ran init = forestall("init", log, "--out", directory.resolve("pack"), "--event", "what");
        assertThat(init.code()).as(init.err()).isZero();
        assertThat(init.out()).contains("identifier  customer_id", "event_time", "personal     email");
        assertThat(pack())
                .contains(
                        "pack: orders\n",
                        "delimiter: \";\"",
                        "goal: order_delivered",
                        "failed: order_cancelled",
                        "email: { type: string, personal: true }",
                        "value: event.amount");
        replayed(log);
    }

    @Test
    void json_lines_with_nested_fields_are_read_by_their_places() throws IOException {
        Path log = write(
                "app.jsonl",
                shop(
                        "",
                        "{\"user\":{\"id\":\"%s\"},\"event\":\"%s\",\"at\":\"%s\",\"data\":{\"amount\":%s,\"email\":\"%s\"},\"tags\":[1]}\n"));
        assertThat(forestall("init", log, "--out", directory.resolve("pack")).code())
                .isZero();
        assertThat(pack()).contains("\"user.id\"", "\"data.amount\"", "format: jsonl");
        replayed(log);
    }

    @Test
    void xes_is_read_by_the_keys_that_the_format_fixes() throws IOException {
        StringBuilder xes = new StringBuilder("<log>\n");
        for (int i = 0; i < 60; i++) {
            xes.append("<trace><string key=\"concept:name\" value=\"c")
                    .append(i)
                    .append("\"/>");
            for (String each : new String[] {"Ask", "Answer", i % 4 == 0 ? "Refused" : "Closed"}) {
                xes.append("<event><string key=\"concept:name\" value=\"")
                        .append(each)
                        .append("\"/><date key=\"time:timestamp\" value=\"")
                        .append(START.plusSeconds(i * 7_200L + xes.length() % 3_600))
                        .append("\"/></event>");
            }
            xes.append("</trace>\n");
        }
        Path log = write("desk.xes", xes.append("</log>\n").toString());
        Ran init = forestall("init", log, "--out", directory.resolve("pack"));
        assertThat(init.code()).as(init.err()).isZero();
        assertThat(init.out()).contains("case:concept:name", "time:timestamp");
        replayed(log);
    }

    @Test
    void one_kind_of_event_has_no_journey_and_is_of_use_all_the_same() throws IOException {
        StringBuilder csv = new StringBuilder("client,date,paid\n");
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 400; i++) {
            csv.append("k")
                    .append(random.nextInt(40))
                    .append(',')
                    .append(START.plusSeconds(i * 40_000L))
                    .append(',');
            csv.append(random.nextInt(1, 90)).append(".5\n");
        }
        Path log = write("visits.csv", csv.toString());
        assertThat(forestall("init", log, "--out", directory.resolve("pack")).code())
                .isZero();
        assertThat(pack()).contains("# No journey", "event: { is: record }", "comes_back", "stays_away");
        replayed(log);
    }

    @Test
    void a_table_without_times_is_told_with_what_to_do() throws IOException {
        Path log = write("table.csv", "id,age,churn\n1,30,yes\n2,40,no\n3,50,no\n");
        Ran ran = forestall("init", log, "--out", directory.resolve("pack"));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("CLI-020", "no column reads as the time", "id, age, churn", "--time");
    }

    @Test
    void a_pack_that_is_there_is_never_replaced() throws IOException {
        Path log = write("orders.csv", shop("customer_id,event,event_time,amount,email\n", "%s,%s,%s,%s,%s\n"));
        Files.createDirectories(directory.resolve("pack"));
        Files.writeString(directory.resolve("pack/pack.yaml"), "mine");
        assertThat(forestall("init", log, "--out", directory.resolve("pack")).code())
                .isEqualTo(2);
        assertThat(pack()).isEqualTo("mine");
    }

    @Test
    void options_that_make_no_sense_are_told() throws IOException {
        Path log = write("orders.csv", shop("customer_id,event,event_time,amount,email\n", "%s,%s,%s,%s,%s\n"));
        Path out = directory.resolve("pack");
        assertThat(forestall("init", log, "--out", out, "--id", "customre").err())
                .contains("CLI-020", "no column 'customre'");
        assertThat(forestall("init", log, "--out", out, "--time-format", "qqqqqqqq")
                        .code())
                .isEqualTo(2);
        assertThat(forestall("init", log, "--out", out, "--time-format", "d.M.yyyy")
                        .code())
                .isEqualTo(1);
        assertThat(forestall("init", log, "--out", out, "--currency", "EURO").code())
                .isEqualTo(2);
        assertThat(forestall("init", log, "--out", out, "--delimiter", "::").code())
                .isEqualTo(2);
        assertThat(forestall("init", log, "--out", out, "--records", "0").code())
                .isEqualTo(2);
        assertThat(out).doesNotExist();
    }

    @Test
    void the_same_file_gives_the_same_pack() throws IOException {
        Path log = write("orders.csv", shop("customer_id,event,event_time,amount,email\n", "%s,%s,%s,%s,%s\n"));
        forestall("init", log, "--out", directory.resolve("pack"));
        String first = pack();
        forestall("init", log, "--out", directory.resolve("again"), "--json");
        assertThat(Files.readString(directory.resolve("again/pack.yaml"))).isEqualTo(first);
    }

    /** Whatever a file holds: a pack that reads it, or a message that says what is missing; never a mistake of ours. */
    @Test
    void files_of_any_make_end_in_a_pack_or_a_message() throws IOException {
        int packs = 0;
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Path log = write("random" + seed + ".csv", anything(random));
            Path out = directory.resolve("pack" + seed);
            Ran ran = forestall("init", log, "--out", out);
            assertThat(ran.code()).as("seed %s: %s", seed, ran.err()).isIn(0, 1, 2);
            if (ran.code() == 0) {
                packs++;
                assertThat(forestall("check", out).code()).as("seed %s", seed).isZero();
                Ran replay = forestall("replay", log, "--pack", out, "--data", directory.resolve("data" + seed));
                assertThat(replay.code()).as("seed %s: %s", seed, replay.err()).isZero();
            }
        }
        assertThat(packs).as("files that were logs").isBetween(15, 85);
    }

    private static String anything(SplittableRandom random) {
        String[] heads = {
            "id",
            "case",
            "event",
            "Type",
            "time",
            "date",
            "amount",
            "null",
            "in",
            "émail",
            "a b",
            "x\"y",
            "",
            "id",
            "event_id",
            "outcome"
        };
        int columns = random.nextInt(1, 8);
        int kinds = random.nextInt(1, 5);
        StringBuilder csv = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            String head = heads[random.nextInt(heads.length)];
            csv.append(column == 0 ? "" : ",")
                    .append('"')
                    .append(head.replace("\"", "\"\""))
                    .append('"');
        }
        csv.append('\n');
        int[] kind = new int[columns];
        for (int column = 0; column < columns; column++) {
            // Many have somebody and a time, or nothing further on would ever be reached.
            kind[column] = column < 2 && random.nextInt(4) > 0 ? column : random.nextInt(8);
        }
        int rows = random.nextInt(0, 160);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                csv.append(column == 0 ? "" : ",")
                        .append(
                                random.nextInt(30) == 0
                                        ? "NA"
                                        : switch (kind[column]) {
                                            case 0 -> "c" + random.nextInt(12);
                                            case 1 ->
                                                START.plusSeconds(random.nextLong(9_000_000))
                                                        .toString();
                                            case 2 -> "" + random.nextInt(1_000);
                                            case 3 -> "\"k " + random.nextInt(kinds) + "\"";
                                            case 4 -> random.nextBoolean() ? "yes" : "No";
                                            case 5 -> "\"" + random.nextInt(50) + ",5\"";
                                            case 6 -> "";
                                            default -> "\"\"\"'\n#: {}\"";
                                        });
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    private static String shop(String header, String line) {
        StringBuilder log = new StringBuilder(header);
        SplittableRandom random = new SplittableRandom(7);
        for (int order = 0; order < 120; order++) {
            Instant at = START.plusSeconds(random.nextLong(90 * 86_400L));
            String amount = random.nextInt(5, 500) + "." + random.nextInt(10, 99);
            for (String event : new String[] {
                "order_placed", "order_paid", "order_packed", order % 5 == 0 ? "order_cancelled" : "order_delivered"
            }) {
                log.append(line.formatted("c" + order, event, at, amount, "ann" + order + "@example.org"));
                at = at.plusSeconds(random.nextLong(60, 4 * 86_400L));
            }
        }
        return log.toString();
    }

    private void replayed(Path log) {
        assertThat(forestall("check", directory.resolve("pack")).out()).contains("is fine", "0 warnings");
        Ran replay = forestall("replay", log, "--pack", directory.resolve("pack"), "--data", directory.resolve("data"));
        assertThat(replay.code()).as(replay.err()).isZero();
        assertThat(replay.out()).containsPattern("rejected +0");
    }

    private String pack() throws IOException {
        return Files.readString(directory.resolve("pack/pack.yaml"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
