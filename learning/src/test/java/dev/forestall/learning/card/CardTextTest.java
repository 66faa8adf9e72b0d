package dev.forestall.learning.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.learning.card.ModelCard.Against;
import dev.forestall.learning.card.ModelCard.Contender;
import dev.forestall.learning.card.ModelCard.Lift;
import dev.forestall.learning.card.ModelCard.Part;
import dev.forestall.learning.card.ModelCard.Slice;
import dev.forestall.learning.card.ModelCard.Strength;
import dev.forestall.learning.card.ModelCard.Verdict;
import dev.forestall.learning.judge.Calibration;
import dev.forestall.learning.judge.Calibration.Bin;
import dev.forestall.learning.judge.Estimate;
import dev.forestall.learning.train.Trained.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people read of a model, kept in files and reviewed like code; {@code ./dev golden} rewrites them. */
class CardTextTest {

    private static final Path GOLDEN = Path.of("src/test/resources/card");

    @Test
    void the_card_of_a_model_that_may_be_used() throws IOException {
        isAsIn("usable.md", card(new Verdict(true, List.of("better than the usual rate and than any single column"))));
    }

    @Test
    void the_card_of_a_model_that_is_refused_names_every_reason() throws IOException {
        isAsIn(
                "refused.md",
                card(new Verdict(
                        false,
                        List.of(
                                "too few outcomes to learn from: 12 of 300 moments",
                                "its probabilities are not surely better than the usual rate"))));
    }

    @Test
    void tables_are_aligned_and_name_no_number_by_the_habits_of_the_machine() {
        String text = CardText.of(card(new Verdict(true, List.of("fine"))));
        assertThat(text)
                .contains("1,234,567")
                .contains("0.8123 [0.7901, 0.8345]")
                .doesNotContain("NaN");
        List<List<String>> tables = List.of(text.split("\n\n")).stream()
                .filter(block -> block.startsWith("|"))
                .map(block -> List.of(block.split("\n")))
                .toList();
        assertThat(tables).hasSizeGreaterThan(5);
        for (List<String> table : tables) {
            assertThat(table).allMatch(line -> line.length() == table.getFirst().length());
        }
    }

    private static void isAsIn(String file, ModelCard card) throws IOException {
        String text = CardText.of(card);
        Path golden = GOLDEN.resolve(file);
        if ("write".equals(System.getProperty("forestall.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.exists(golden) ? Files.readString(golden) : "");
    }

    private static ModelCard card(Verdict verdict) {
        return new ModelCard(
                "cancels",
                List.of("any event cancelled", "within 30 days", "asked after each event"),
                new Part(1_234_567, 45_000, 61_728, 9_001, at("2026-01-01T00:00:00Z"), at("2026-03-31T23:59:59Z")),
                new Part(300_000, 20_000, 15_500, 3_000, at("2026-05-01T00:00:00Z"), at("2026-06-30T12:00:00Z")),
                98_765,
                4_321,
                List.of(
                        new Contender("the model", around(0.8123, 0.0222), around(0.1432, 0.004), around(0.04, 0.001)),
                        new Contender("the usual rate", around(0.5, 0), around(0.2, 0.005), around(0.05, 0.001))),
                List.of(new Against("the usual rate", around(0.3123, 0.0222), around(-0.0568, 0.003))),
                new Calibration(
                        List.of(
                                new Bin(0.002, 0.003, 100_000),
                                new Bin(0.05, 0.05, 100_000),
                                new Bin(0.4, 0.3, 100_000)),
                        0.0342,
                        0.0021),
                List.of(new Lift(0.01, 12.34), new Lift(0.1, 4.5)),
                List.of(new Strength("calls", "calls, last 7 days", 0.91), new Strength("age", "age", 0.04)),
                List.of(
                        new Slice("from 2026-05-01", 150_000, 0.05, 0.051, 0.82, 0.14),
                        new Slice("from 2026-06-01", 150_000, 0.053, 0.05, 0.8, 0.1467)),
                List.of(
                        new Slice("0", 20_000, 0.04, 0.05, 0.7, 0.16),
                        new Slice("1 to 4", 280_000, 0.052, 0.05, 0.82, 0.142)),
                List.of(
                        new Slice("private", 299_000, 0.05, 0.05, 0.81, 0.143),
                        new Slice("unknown", 1_000, 0, 0.01, Double.NaN, 0.01)),
                0.934,
                0.052,
                "70 % trees (110 of 8 leaves), 30 % logistic regression (C 0.03), calibrated; looks at 17 of 120 features",
                List.of(
                        new Attempt("trees of 8 leaves, 100 rounds", 0.14412),
                        new Attempt("weighted sum, C 0.03", 0.15)),
                verdict);
    }

    private static Estimate around(double value, double half) {
        return new Estimate(value, value - half, value + half);
    }

    private static long at(String text) {
        return Instant.parse(text).toEpochMilli();
    }
}
