package dev.forestall.cli.command;

import static dev.forestall.cli.command.Ran.forestall;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a log to a model that answers: learn, models and why, as people use them. Who calls often about bills leaves. */
class LearningCommandsTest {

    private static final String PACK = """
            pack: phones
            tick: 1h
            subjects: { customer: { identifiers: [id] } }
            events:
              visit: {}
              call: { topic: string }
              left: {}
            predictions:
              leaves:
                target: any(left)
                horizon: 7d
                score_at: [event, day]
                levels: 50%
                description: the customer leaves within a week
            reasons: { labels: { property topic: what they called about } }
            files:
              log:
                format: csv
                identifiers: { id: who }
                event: { from: what }
                time: { from: at }
                properties: { topic: topic }
            """;

    @TempDir
    Path directory;

    private Path pack = Path.of("");
    private Path log = Path.of("");

    @BeforeEach
    void a_log_and_a_pack() throws IOException {
        pack = directory.resolve("phones.yaml");
        Files.writeString(pack, PACK);
        log = directory.resolve("log.csv");
        write(log, 3, 500);
    }

    private static void write(Path file, long seed, int customers) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> lines = new ArrayList<>();
        for (int c = 0; c < customers; c++) {
            Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(90 * 86_400));
            int bills = 0;
            for (int i = 0; i < 20; i++) {
                boolean isCall = random.nextInt(10) < 8;
                boolean isBill = isCall && random.nextInt(5) == 0;
                bills += isBill ? 1 : 0;
                lines.add(at + ",c" + c + "," + (isCall ? "call," + (isBill ? "bill" : "line") : "visit,"));
                if (isBill && (bills >= 3 && random.nextInt(10) < 8 || random.nextInt(80) == 0)) {
                    lines.add(at.plusSeconds(3_600 + random.nextInt(5 * 86_400)) + ",c" + c + ",left,");
                    break;
                }
                at = at.plusSeconds(3_600 + random.nextInt(86_400));
            }
        }
        lines.sort(null);
        lines.addFirst("at,who,what,topic");
        Files.write(file, lines);
    }

    private static JsonNode json(Ran ran) throws IOException {
        assertThat(ran.code()).as(ran.err()).isZero();
        return new ObjectMapper().readTree(ran.out());
    }

    @Test
    void a_model_is_learned_answers_explains_and_makes_room_for_another_only_on_fresh_evidence() throws IOException {
        JsonNode learned = json(forestall("learn", log, "--pack", pack, "--json"))
                .get("predictions")
                .get(0);
        assertThat(learned.get("usable").asBoolean()).isTrue();
        assertThat(learned.get("stage").asText()).isEqualTo("champion");
        assertThat(learned.get("strongest").findValuesAsText("about").subList(0, 4))
                .contains("property topic");
        String model = learned.get("model").asText();

        Path data = directory.resolve("data");
        Path out = directory.resolve("out");
        assertThat(forestall("replay", log, "--pack", pack, "--data", data, "--out", out)
                        .code())
                .isZero();
        JsonNode risk = new ObjectMapper()
                .readTree(Files.readAllLines(out.resolve("risks.jsonl")).getFirst());
        assertThat(risk.get("model").asText()).isEqualTo(model);
        assertThat(risk.get("probability").asDouble()).isGreaterThanOrEqualTo(0.5);

        JsonNode why = json(forestall(
                        "why",
                        risk.get("subject").asText(),
                        "--data",
                        data,
                        "--as-of",
                        risk.get("occurred_at").asText(),
                        "--json"))
                .get("predictions")
                .get(0);
        assertThat(why.get("probability").asDouble())
                .isEqualTo(risk.get("probability").asDouble());
        assertThat(why.get("reasons").findValuesAsText("words"))
                .anyMatch(words -> words.startsWith("what they called about"));
        assertThat(why.get("reasons").findValuesAsText("event")).contains("call");
        assertThat(why.get("changes").get(0).get("probability").asDouble())
                .isLessThan(why.get("probability").asDouble());
        assertThat(forestall(
                                "why",
                                risk.get("subject").asText(),
                                "--data",
                                data,
                                "--as-of",
                                risk.get("occurred_at").asText())
                        .out())
                .contains("the customer leaves within a week", "Because", "What would have to be different");
        assertThat(forestall(
                                "why",
                                risk.get("subject").asText(),
                                "--data",
                                data,
                                "--language",
                                "de",
                                "--as-of",
                                risk.get("occurred_at").asText())
                        .out())
                .contains("the customer leaves within a week", "Weil", "erhöht es", "alles andere zusammen")
                .doesNotContain("Because");
        var unknown = forestall("why", risk.get("subject").asText(), "--data", data, "--language", "xx");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("CLI-008", "de, en, fr, nl");

        JsonNode again = json(forestall("learn", log, "--pack", pack, "--seed", 2, "--json"))
                .get("predictions")
                .get(0);
        assertThat(again.get("stage").asText()).isEqualTo("shadow");
        String challenger = again.get("model").asText();
        assertThat(forestall("models", "promote", challenger, "--pack", pack).err())
                .contains("--on LOG is missing");
        Path few = directory.resolve("few.csv");
        write(few, 9, 20);
        Ran early = forestall("models", "promote", challenger, "--on", few, "--pack", pack);
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err()).contains("CLI-015", "too little fresh history");
        // Neither has learned from the latest fifth of the log.
        Ran nearer = forestall("models", "promote", challenger.substring(0, 6), "--on", log, "--pack", pack);
        assertThat(nearer.code()).as(nearer.err()).isZero();
        assertThat(nearer.out()).contains("is a challenger from now on");
        Files.writeString(pack, PACK.replace("levels: 50%", "levels: 50%\n    challenger: 50%"));
        Path shared = directory.resolve("shared");
        assertThat(forestall("replay", log, "--pack", pack, "--data", data, "--out", shared)
                        .code())
                .isZero();
        assertThat(Files.readString(shared.resolve("risks.jsonl"))).contains(model, challenger);
        Files.writeString(pack, PACK);
        Ran promoted = forestall("models", "promote", challenger.substring(0, 6), "--on", log, "--pack", pack);
        assertThat(promoted.code()).as(promoted.err()).isZero();
        assertThat(promoted.out()).contains("difference of the log loss", "is retired, and comes back by");
        JsonNode list =
                json(forestall("models", "list", "--pack", pack, "--json")).get("models");
        assertThat(list.get(0).get("stage").asText()).isEqualTo("retired");
        assertThat(list.get(1).get("stage").asText()).isEqualTo("champion");
        assertThat(forestall("models", "roll-back", "--prediction", "leaves", "--pack", pack)
                        .err())
                .contains("--because");
        Ran back = forestall(
                "models", "roll-back", "--prediction", "leaves", "--because", "it tires people", "--pack", pack);
        assertThat(back.out()).contains("Model " + model + " answers prediction leaves again");
        assertThat(json(forestall("models", "list", "--pack", pack, "--json"))
                        .get("models")
                        .get(0)
                        .get("because")
                        .asText())
                .isEqualTo("it tires people");
        forestall("models", "roll-back", "--prediction", "leaves", "--because", "it does not", "--pack", pack);
        assertThat(forestall("models", "retire", challenger, "--pack", pack).out())
                .contains("Nothing answers");
        assertThat(forestall("models", "show", challenger, "--pack", pack).out())
                .contains("# leaves", "AUC");
    }

    /** Customers who come and go as ever, from the first day to the last, and call about bills as often as they are told to. */
    private static void asEver(Path file, long seed, int changeDay, int billsOfTen) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        List<String> lines = new ArrayList<>();
        for (int c = 0; c < 1_500; c++) {
            Instant at = first.plusSeconds(random.nextLong(-20 * 86_400, 100 * 86_400));
            int bills = 0;
            for (int i = 0; i < 20; i++) {
                boolean isCall = random.nextInt(10) < 8;
                boolean isLater = at.isAfter(first.plusSeconds(changeDay * 86_400L));
                boolean isBill = isCall && random.nextInt(10) < (isLater ? billsOfTen : 2);
                bills += isBill ? 1 : 0;
                lines.add(at + ",c" + c + "," + (isCall ? "call," + (isBill ? "bill" : "line") : "visit,"));
                if (isBill && bills >= 3 && random.nextInt(10) < (isLater && billsOfTen > 2 ? 3 : 8)) {
                    lines.add(at.plusSeconds(3_600 + random.nextInt(5 * 86_400)) + ",c" + c + ",left,");
                    break;
                }
                at = at.plusSeconds(3_600 + random.nextInt(86_400));
            }
        }
        lines.removeIf(line -> line.compareTo("2026-01-01") < 0 || line.compareTo("2026-04-01") > 0);
        lines.sort(null);
        lines.addFirst("at,who,what,topic");
        Files.write(file, lines);
    }

    @Test
    void a_model_is_watched_and_learned_anew_when_the_world_has_changed() throws IOException {
        Files.writeString(pack, PACK.replace("score_at: [event, day]", "score_at: event\n    retrain: 200d"));
        asEver(log, 7, 1_000, 2);
        assertThat(forestall("learn", log, "--pack", pack).code()).isZero();
        Path same = directory.resolve("same.csv");
        asEver(same, 8, 1_000, 2);
        Ran calm = forestall("models", "monitor", "--on", same, "--pack", pack);
        assertThat(calm.code()).as(calm.out()).isZero();
        assertThat(calm.out()).contains("Calm.", "Evidence against it");
        assertThat(forestall("models", "monitor", "--on", same, "--pack", pack, "--retrain")
                        .out())
                .contains("nothing is due");

        Path changed = directory.resolve("changed.csv");
        asEver(changed, 8, 30, 6);
        Ran alarm = forestall("models", "monitor", "--on", changed, "--pack", pack);
        assertThat(alarm.code()).as(alarm.err()).isEqualTo(1);
        assertThat(alarm.out()).contains("It has drifted", "topic was bill", "its probabilities are too", "moved");
        JsonNode found = new ObjectMapper()
                .readTree(forestall("models", "monitor", "--on", changed, "--pack", pack, "--json")
                        .out())
                .get("predictions")
                .get(0);
        assertThat(found.get("drifted").asBoolean()).isTrue();
        assertThat(found.get("probabilities").get("wrong").asBoolean()).isTrue();
        String before = found.get("model").asText();

        Ran retrained = forestall("models", "monitor", "--on", changed, "--pack", pack, "--retrain");
        assertThat(retrained.out()).contains("learned anew, because", "answers prediction leaves from now on");
        assertThat(retrained.code()).isZero();
        JsonNode list =
                json(forestall("models", "list", "--pack", pack, "--json")).get("models");
        assertThat(list.get(0).get("model").asText()).isEqualTo(before);
        assertThat(list.get(0).get("stage").asText()).isEqualTo("retired");
        assertThat(list.get(1).get("stage").asText()).isEqualTo("champion");
    }

    @Test
    void a_model_made_elsewhere_answers_like_any_other_and_is_refused_with_all_that_does_not_fit() throws IOException {
        Path onnx = Path.of("src/test/resources/onnx/bills.onnx");
        Ran unbound = forestall("models", "add", onnx, "--pack", pack, "--on", log, "--trained-until", "2026-02-15");
        assertThat(unbound.code()).isEqualTo(2);
        assertThat(unbound.err())
                .contains("EXT-006", "there is no such feature", "has 3 columns, but 1 feature is bound to it");
        Path binding = directory.resolve("bills.yaml");
        Files.writeString(binding, """
                inputs:
                  x: [ "count(left)", "since(latest)", "times(property topic)=bill" ]
                """);
        assertThat(forestall("models", "add", onnx, "--pack", pack, "--on", log, "--binding", binding)
                        .err())
                .contains("CLI-008", "--trained-until");
        Ran added = forestall(
                "models",
                "add",
                onnx,
                "--pack",
                pack,
                "--on",
                log,
                "--trained-until",
                "2026-02-15",
                "--binding",
                binding);
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.out()).contains("Good enough to be used", "made elsewhere", "champion of prediction leaves");

        Path data = directory.resolve("data");
        Path out = directory.resolve("out");
        assertThat(forestall("replay", log, "--pack", pack, "--data", data, "--out", out)
                        .code())
                .isZero();
        List<String> risks = Files.readAllLines(out.resolve("risks.jsonl"));
        assertThat(risks).hasSizeGreaterThan(100);
        for (String line : risks) {
            // The leaves of its tree, as floats.
            assertThat(new ObjectMapper().readTree(line).get("probability").asDouble())
                    .isIn((double) 0.01f, (double) 0.13f, (double) 0.25f, (double) 0.5f, (double) 0.75f);
        }
        JsonNode risk = new ObjectMapper().readTree(risks.getFirst());
        Path again = directory.resolve("again");
        Path outAgain = directory.resolve("out-again");
        assertThat(forestall("replay", log, "--pack", pack, "--data", again, "--out", outAgain, "--partitions", 3)
                        .code())
                .isZero();
        assertThat(outAgain.resolve("risks.jsonl")).hasSameBinaryContentAs(out.resolve("risks.jsonl"));
        assertThat(outAgain.resolve("reasons.jsonl")).hasSameBinaryContentAs(out.resolve("reasons.jsonl"));

        String customer = risk.get("subject").asText();
        JsonNode why = json(forestall(
                        "why",
                        customer,
                        "--data",
                        data,
                        "--as-of",
                        risk.get("occurred_at").asText(),
                        "--json"))
                .get("predictions")
                .get(0);
        assertThat(why.get("probability").asDouble())
                .isEqualTo(risk.get("probability").asDouble());
        assertThat(why.get("reasons").findValuesAsText("words"))
                .anyMatch(words -> words.startsWith("what they called about"));
        assertThat(forestall("trace", risk.get("id").asText(), "--data", data).out())
                .contains("told to customer " + customer, "by model", "log.csv:");
        assertThat(forestall("customer", customer, "--data", data).code()).isZero();

        // The file belongs to the model: another one is noticed.
        Path kept = directory
                .resolve("phones.models")
                .resolve(json(forestall("models", "list", "--pack", pack, "--json"))
                                .get("models")
                                .get(0)
                                .get("model")
                                .asText()
                        + ".onnx");
        Files.write(kept, new byte[] {1, 2, 3});
        Ran damaged = forestall("replay", log, "--pack", pack, "--data", directory.resolve("third"));
        assertThat(damaged.code()).isEqualTo(2);
        assertThat(damaged.err()).contains("RUN-003", "changed or damaged");
    }

    @Test
    void parts_in_turn_keep_a_model_of_all_and_a_split_that_leaks_keeps_none() throws IOException {
        write(log, 3, 150);
        Ran leaking = forestall("learn", log, "--pack", pack, "--split", "customers:running");
        assertThat(leaking.err()).doesNotContain("CLI-010");
        assertThat(leaking.out()).contains("It was not kept: with --split customers:running");
        assertThat(directory.resolve("phones.models")).doesNotExist();
        JsonNode learned = json(forestall("learn", log, "--pack", pack, "--split", "folds:3", "--json"))
                .get("predictions")
                .get(0);
        assertThat(learned.get("stage").asText()).isEqualTo("champion");
        String model = learned.get("model").asText();
        assertThat(forestall("models", "show", model, "--pack", pack).out()).contains("AUC");
        JsonNode kept = json(forestall("models", "list", "--pack", pack, "--json"))
                .get("models")
                .get(0);
        int tested = learned.get("test").get("moments").asInt();
        int trained = learned.get("training").get("moments").asInt();
        assertThat(kept.get("moments").asInt()).isEqualTo(trained + tested);
    }

    @Test
    void what_has_nothing_to_do_with_the_outcome_is_refused_and_nothing_is_kept() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        List<String> lines = Files.readAllLines(log).stream()
                .filter(line -> !line.contains(",left,"))
                .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
        for (int c = 0; c < 500; c++) {
            if (random.nextInt(4) == 0) {
                Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(110 * 86_400));
                lines.add(at + ",c" + c + ",left,");
            }
        }
        Files.write(log, lines);
        Ran ran = forestall("learn", log, "--pack", pack);
        assertThat(ran.code()).as(ran.out()).isEqualTo(1);
        assertThat(ran.out()).contains("Not good enough to be used", "It was not kept.");
        assertThat(directory.resolve("phones.models")).doesNotExist();
    }

    @Test
    void a_log_with_too_little_to_learn_says_so() throws IOException {
        write(log, 3, 1);
        Ran ran = forestall("learn", log, "--pack", pack);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("Nothing could be learned");
    }

    @Test
    void without_a_model_there_is_nothing_to_explain() throws IOException {
        Path data = directory.resolve("data");
        assertThat(forestall("replay", log, "--pack", pack, "--data", data).code())
                .isZero();
        Ran why = forestall("why", "c1", "--data", data);
        assertThat(why.code()).isEqualTo(2);
        assertThat(why.err()).contains("CLI-014", "forestall learn");
    }
}
