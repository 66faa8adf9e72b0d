package dev.forestall.pack.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.Fitted.FittedInput;
import dev.forestall.loop.risk.Forest;
import dev.forestall.loop.risk.Forest.Tree;
import dev.forestall.loop.risk.Linear;
import dev.forestall.loop.risk.Scorer;
import dev.forestall.loop.risk.Spread;
import dev.forestall.loop.risk.Spreads;
import dev.forestall.pack.model.SavedModel.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {

    private static final Path GOLDEN = Path.of("src/test/resources/model/small.json");

    /** A file of this form was written once and must stay readable; {@code ./dev golden} rewrites it. */
    @Test
    void a_small_model_has_the_file_it_always_had() throws IOException {
        String text = ModelFile.write(SmallModel.of("cancels", -0.5));
        if ("write".equals(System.getProperty("forestall.golden"))) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"small.json", "small-format-1.json"})
    void the_file_of_a_small_model_is_read_with_all_that_it_says_in_every_format(String file) throws IOException {
        SavedModel model = ModelFile.read(Files.readString(GOLDEN.resolveSibling(file)));
        SavedModel expected = SmallModel.of("cancels", -0.5);
        assertThat(model.provenance()).isEqualTo(expected.provenance());
        assertThat(model.prediction()).isEqualTo("cancels");
        assertThat(model.name()).isEqualTo(expected.name());
        assertThat(model.fitted().inputs()).isEqualTo(expected.fitted().inputs());
        Scorer scorer = model.fitted().ownScorer();
        for (float[] row : new float[][] {{1, 0}, {Float.NaN, 1}, {9, Float.NaN}, {9, 0.05f}}) {
            assertThat(scorer.logOdds(row))
                    .isEqualTo(expected.fitted().ownScorer().logOdds(row));
        }
    }

    @Test
    void whatever_bits_the_numbers_have_they_are_read_as_the_very_same() throws IOException {
        for (long seed = 1; seed <= 200; seed++) {
            SavedModel model = random(new Random(seed));
            String text = ModelFile.write(model);
            SavedModel read = ModelFile.read(text);
            assertThat(read)
                    .as("seed %s", seed)
                    .usingRecursiveComparison()
                    .withComparatorForType(Double::compare, Double.class)
                    .withComparatorForType(Float::compare, Float.class)
                    .isEqualTo(model);
            assertThat(ModelFile.write(read)).as("seed %s", seed).isEqualTo(text);
        }
    }

    @Test
    void what_cannot_be_a_number_in_a_file_is_not_written_and_the_file_stays_readable() throws IOException {
        SavedModel small = SmallModel.of("cancels", 0);
        Provenance of = small.provenance();
        Provenance unknown = new Provenance(
                of.dataHash(),
                of.packHash(),
                of.version(),
                of.seed(),
                of.moments(),
                of.subjects(),
                of.from(),
                of.to(),
                new TreeMap<>(Map.of("auc", Double.NaN, "brier", 0.2)));
        List<FittedInput> inputs = List.of(
                new FittedInput("first", Double.NEGATIVE_INFINITY, 1),
                new FittedInput("second", 0, Double.POSITIVE_INFINITY));
        Scorer scorer = small.fitted().ownScorer();
        String text = ModelFile.write(
                new SavedModel(new Fitted("cancels", ModelFile.name(inputs, scorer), inputs, scorer), unknown));
        SavedModel read = ModelFile.read(text);
        assertThat(read.provenance().metrics()).containsExactly(Map.entry("brier", 0.2));
        assertThat(read.fitted().inputs().getFirst().usualLow()).isNaN();
        assertThat(ModelFile.write(read)).isEqualTo(text);
    }

    @Test
    void an_external_model_is_named_by_its_own_file_and_its_binding_and_read_as_it_was_written() throws IOException {
        List<FittedInput> inputs = List.of(new FittedInput("first", 0, 1), new FittedInput("second", -2.5, 8));
        Provenance provenance = SmallModel.of("cancels", 0).provenance();
        Set<String> names = new TreeSet<>();
        for (SavedModel.External external : List.of(
                new SavedModel.External("ab".repeat(32), ""),
                new SavedModel.External("cd".repeat(32), ""),
                new SavedModel.External("ab".repeat(32), "inputs:\n  x: [ first, second ]  # in this order\n"))) {
            Fitted fitted = new Fitted("cancels", ModelFile.name(inputs, external), inputs, null);
            Spread spread = new Spread(List.of(-0.5, 2.25), List.of(3, 0, 17, 1));
            SavedModel model =
                    new SavedModel(fitted, external, new Spreads(3_600_000, List.of(spread, spread)), provenance);
            String text = ModelFile.write(model);
            assertThat(ModelFile.read(text)).isEqualTo(model);
            names.add(model.name());
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> ModelFile.read(text.replace("\"first\"", "\"third\"")))
                    .withMessageContaining("was changed or damaged");
        }
        assertThat(names).hasSize(3);
    }

    @Test
    void a_model_is_named_by_what_it_computes_and_by_nothing_else() {
        SavedModel one = SmallModel.of("cancels", -0.5);
        assertThat(one.name()).matches("[0-9a-f]{12}");
        assertThat(SmallModel.of("complains", -0.5).name()).isEqualTo(one.name());
        assertThat(SmallModel.of("cancels", Math.nextUp(-0.5)).name()).isNotEqualTo(one.name());
    }

    @Test
    void a_text_that_is_cut_anywhere_is_refused() {
        String text = ModelFile.write(SmallModel.of("cancels", -0.5)).strip();
        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            assertThatExceptionOfType(IOException.class)
                    .as("cut after %s of %s characters", length, text.length())
                    .isThrownBy(() -> ModelFile.read(cut));
        }
    }

    @Test
    void a_text_with_any_character_changed_is_refused_or_still_a_model_that_computes_the_same() {
        SavedModel small = SmallModel.of("cancels", -0.5);
        String text = ModelFile.write(small);
        int refused = 0;
        for (int at = 0; at < text.length(); at++) {
            for (char other : new char[] {'0', '9', '-', 'e', '"', ',', ']', '{', ' ', '\0', 'é'}) {
                String damaged = text.substring(0, at) + other + text.substring(at + 1);
                try {
                    SavedModel read = ModelFile.read(damaged);
                    assertThat(ModelFile.name(
                                    read.fitted().inputs(), read.fitted().ownScorer()))
                            .as("'%s' at %s", other, at)
                            .isEqualTo(small.name());
                } catch (IOException expected) {
                    refused++;
                    assertThat(expected).as("'%s' at %s", other, at).hasMessageMatching("(?s).{10,}");
                }
            }
        }
        assertThat(refused).isGreaterThan(text.length() * 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "17", "\"model\"", "{}", "{} {}", "[[[[", "{\"format\":1}"})
    void what_is_no_model_at_all_is_refused(String text) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ModelFile.read(text));
    }

    @Test
    void a_text_that_nests_without_end_is_refused() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ModelFile.read("[".repeat(1_000_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "99", "-1"})
    void an_unknown_format_is_refused_with_what_to_do(String format) {
        String text = ModelFile.write(SmallModel.of("cancels", -0.5))
                .replaceFirst("\"format\" : 2", "\"format\" : " + format);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ModelFile.read(text))
                .withMessage("its format is " + format
                        + ", and this Forestall reads up to 2: use a newer one, or learn the model again");
    }

    @Test
    void a_number_that_was_changed_by_hand_is_found_out() {
        String text = ModelFile.write(SmallModel.of("cancels", -0.5));
        String changed = text.replaceFirst("\"slope\" : 1.25", "\"slope\" : 1.26");
        assertThat(changed).isNotEqualTo(text);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ModelFile.read(changed))
                .withMessageContaining("was changed or damaged");
    }

    @Test
    void trees_that_look_at_more_than_is_listed_are_refused() {
        Scorer scorer = SmallModel.of("cancels", -0.5).fitted().ownScorer();
        List<FittedInput> tooFew = List.of(new FittedInput("only one", 0, 1));
        Provenance provenance = SmallModel.of("cancels", -0.5).provenance();
        String text = ModelFile.write(
                new SavedModel(new Fitted("cancels", ModelFile.name(tooFew, scorer), tooFew, scorer), provenance));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ModelFile.read(text))
                .withMessage("its trees or weights look at more features than it lists");
    }

    private static SavedModel random(Random random) {
        int features = 1 + random.nextInt(4);
        List<Tree> trees = new ArrayList<>();
        for (int t = random.nextInt(4); t > 0; t--) {
            trees.add(tree(random, features));
        }
        Scorer scorer = new Scorer(
                new Forest(number(random), trees),
                number(random),
                new Linear(
                        number(random), numbers(random, features), numbers(random, features), scales(random, features)),
                number(random),
                Math.abs(number(random)) + Double.MIN_NORMAL,
                number(random));
        List<FittedInput> inputs = new ArrayList<>();
        for (int i = 0; i < features; i++) {
            inputs.add(new FittedInput("feature \"" + i + "\" é\n", number(random), number(random)));
        }
        return new SavedModel(
                new Fitted("cancels", ModelFile.name(inputs, scorer), inputs, scorer),
                new Provenance(
                        "data",
                        "pack",
                        "1.0.0",
                        random.nextLong(),
                        random.nextInt(Integer.MAX_VALUE),
                        random.nextInt(Integer.MAX_VALUE),
                        Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
                        Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
                        new TreeMap<>(Map.of("auc", number(random)))));
    }

    private static Tree tree(Random random, int features) {
        return new Tree(
                new int[] {random.nextInt(features), -1, -1},
                new float[] {decimal(random), decimal(random), decimal(random)},
                new int[] {1, 0, 0},
                new boolean[] {random.nextBoolean(), false, random.nextBoolean()},
                new float[] {decimal(random), decimal(random), decimal(random)},
                new float[] {cover(random), cover(random), cover(random)});
    }

    private static float cover(Random random) {
        return Math.max(Float.MIN_VALUE, Math.abs(decimal(random)));
    }

    /** Any finite number, each pattern of bits as likely as any other. */
    private static double number(Random random) {
        double number = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(number) ? number : -0.0;
    }

    private static float decimal(Random random) {
        float number = Float.intBitsToFloat(random.nextInt());
        return Float.isFinite(number) ? number : -0.0f;
    }

    private static double[] numbers(Random random, int size) {
        return random.doubles(size).map(ignored -> number(random)).toArray();
    }

    private static double[] scales(Random random, int size) {
        return random.doubles(size)
                .map(ignored -> Math.max(Double.MIN_VALUE, Math.abs(number(random))))
                .toArray();
    }
}
