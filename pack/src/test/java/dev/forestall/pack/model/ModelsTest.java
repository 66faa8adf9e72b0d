package dev.forestall.pack.model;

import static dev.forestall.pack.model.Models.Stage.CHALLENGER;
import static dev.forestall.pack.model.Models.Stage.CHAMPION;
import static dev.forestall.pack.model.Models.Stage.RETIRED;
import static dev.forestall.pack.model.Models.Stage.SHADOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.forestall.pack.model.Models.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {

    private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T08:00:00Z");
    private static final Instant FRIDAY = Instant.parse("2026-03-06T08:00:00Z");

    @TempDir
    Path pack;

    private final SavedModel first = SmallModel.of("cancels", 0);
    private final SavedModel second = SmallModel.of("cancels", 1);
    private final SavedModel ofAnother = SmallModel.of("complains", 2);

    private Models models;

    @BeforeEach
    void a_pack_without_models() {
        models = Models.of(pack);
    }

    @Test
    void a_pack_that_has_learned_nothing_has_no_models_and_nothing_is_made() throws IOException {
        assertThat(models.list()).isEmpty();
        assertThat(models.champion("cancels")).isEmpty();
        assertThat(models.folder()).isEqualTo(pack.resolve("models")).doesNotExist();
    }

    @Test
    void models_of_a_pack_in_a_single_file_stand_beside_it() {
        assertThat(Models.of(pack.resolve("lending.yaml")).folder()).isEqualTo(pack.resolve("lending.models"));
        assertThat(Models.of(pack.resolve("lending")).folder()).isEqualTo(pack.resolve("lending.models"));
    }

    @Test
    void a_model_that_is_kept_is_read_as_it_was_with_its_card() throws IOException {
        models.keep(first, "# A card\n", CHAMPION, MONDAY);
        Entry champion = models.champion("cancels").orElseThrow();
        assertThat(champion).isEqualTo(new Entry("cancels", first.name(), CHAMPION, MONDAY));
        assertThat(ModelFile.write(models.read(champion))).isEqualTo(ModelFile.write(first));
        assertThat(models.card(first.name())).hasContent("# A card\n");
    }

    @Test
    void a_challenger_waits_and_when_it_is_promoted_the_former_champion_is_retired() throws IOException {
        models.keep(first, "", CHAMPION, MONDAY);
        models.keep(ofAnother, "", CHAMPION, MONDAY);
        models.keep(second, "", CHALLENGER, TUESDAY);
        assertThat(models.champion("cancels")).map(Entry::model).hasValue(first.name());

        models.move(models.list().getLast(), CHAMPION, FRIDAY);
        assertThat(models.list())
                .containsExactly(
                        new Entry("cancels", first.name(), RETIRED, FRIDAY, FRIDAY, ""),
                        new Entry("complains", ofAnother.name(), CHAMPION, MONDAY),
                        new Entry("cancels", second.name(), CHAMPION, FRIDAY));
        for (Entry each : models.list()) {
            assertThat(models.read(each).name()).isEqualTo(each.model());
        }
    }

    @Test
    void who_is_learned_again_keeps_the_place_that_was_reached() throws IOException {
        models.keep(first, "", CHAMPION, MONDAY);
        models.keep(first, "", SHADOW, TUESDAY);
        assertThat(models.list()).containsExactly(new Entry("cancels", first.name(), CHAMPION, MONDAY));
        models.keep(second, "", CHALLENGER, TUESDAY);
        models.keep(second, "", SHADOW, FRIDAY);
        assertThat(models.list().getLast()).isEqualTo(new Entry("cancels", second.name(), CHALLENGER, TUESDAY));
    }

    @Test
    void what_was_judged_is_moved_only_if_nobody_has_changed_anything_meanwhile() throws IOException {
        models.keep(first, "", CHAMPION, MONDAY);
        models.keep(second, "", CHALLENGER, TUESDAY);
        Entry challenger = models.list().getLast();
        Optional<Entry> judgedAgainst = models.champion("cancels");
        models.move(models.list().getFirst(), RETIRED, TUESDAY);
        List<Entry> before = models.list();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> models.move(challenger, judgedAgainst, CHAMPION, FRIDAY))
                .withMessageContaining("changed by somebody else meanwhile");
        assertThat(models.list()).isEqualTo(before);
        models.move(challenger, Optional.empty(), CHAMPION, FRIDAY);
        assertThat(models.champion("cancels")).map(Entry::model).hasValue(second.name());
    }

    @Test
    void after_the_champion_was_retired_a_roll_back_brings_the_one_before_it() throws IOException {
        models.keep(first, "", CHAMPION, MONDAY);
        models.keep(second, "", CHAMPION, TUESDAY);
        models.move(models.champion("cancels").orElseThrow(), RETIRED, FRIDAY);
        assertThat(models.rollBack("cancels", FRIDAY, "it tires people"))
                .map(Entry::model)
                .hasValue(first.name());
    }

    @Test
    void a_roll_back_brings_the_champion_before_back_and_says_why() throws IOException {
        assertThat(models.rollBack("cancels", MONDAY, "it calls everybody")).isEmpty();
        models.keep(first, "", CHAMPION, MONDAY);
        assertThat(models.rollBack("cancels", MONDAY, "it calls everybody")).isEmpty();
        models.keep(second, "", SHADOW, TUESDAY);
        models.move(models.list().getLast(), CHAMPION, TUESDAY);
        assertThat(models.rollBack("cancels", FRIDAY, "it calls everybody"))
                .map(Entry::model)
                .hasValue(first.name());
        assertThat(models.list())
                .containsExactly(
                        new Entry("cancels", first.name(), CHAMPION, FRIDAY, TUESDAY, "it calls everybody"),
                        new Entry("cancels", second.name(), RETIRED, FRIDAY, FRIDAY, ""));
        assertThat(models.rollBack("complains", FRIDAY, "")).isEmpty();
    }

    @Test
    void many_who_keep_models_at_once_lose_none() throws Exception {
        int count = 16;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                SavedModel model = SmallModel.of("cancels", i);
                all.add(threads.submit(() -> {
                    Models.of(pack).keep(model, "", CHALLENGER, MONDAY);
                    return true;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(models.list()).hasSize(count);
    }

    @Test
    void a_new_champion_that_is_kept_takes_the_place_of_the_former() throws IOException {
        models.keep(first, "", CHAMPION, MONDAY);
        models.keep(second, "", CHAMPION, TUESDAY);
        assertThat(models.list())
                .containsExactly(
                        new Entry("cancels", first.name(), RETIRED, TUESDAY, TUESDAY, ""),
                        new Entry("cancels", second.name(), CHAMPION, TUESDAY));
    }

    @Test
    void a_model_that_is_learned_again_stands_in_the_list_once() throws IOException {
        models.keep(first, "old", CHALLENGER, MONDAY);
        models.keep(first, "new", CHAMPION, FRIDAY);
        assertThat(models.list()).containsExactly(new Entry("cancels", first.name(), CHAMPION, FRIDAY));
        assertThat(models.card(first.name())).hasContent("new");
    }

    @Test
    void a_retired_model_can_be_brought_back() throws IOException {
        models.keep(first, "", CHAMPION, MONDAY);
        models.keep(second, "", CHAMPION, TUESDAY);
        models.move(models.list().getFirst(), CHAMPION, FRIDAY);
        assertThat(models.list()).extracting(Entry::stage).containsExactly(CHAMPION, RETIRED);
        models.move(models.list().getFirst(), RETIRED, FRIDAY);
        assertThat(models.champion("cancels")).isEmpty();
    }

    @Test
    void only_those_that_answer_are_copied() throws IOException {
        models.keep(first, "", CHAMPION, MONDAY);
        models.keep(second, "", RETIRED, TUESDAY);
        models.keep(ofAnother, "", CHALLENGER, TUESDAY);
        Models copy = Models.of(Files.createDirectory(pack.resolve("copy")));
        models.copyAnswering(copy);
        assertThat(copy.list())
                .containsExactly(
                        new Entry("cancels", first.name(), CHAMPION, MONDAY),
                        new Entry("complains", ofAnother.name(), CHALLENGER, TUESDAY));
        assertThat(ModelFile.write(copy.read(copy.list().getFirst()))).isEqualTo(ModelFile.write(first));
        assertThat(copy.file(second.name())).doesNotExist();
    }

    @Test
    void nothing_half_written_stays_behind() throws IOException {
        models.keep(first, "card", CHAMPION, MONDAY);
        try (Stream<Path> files = Files.list(models.folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            first.name() + ".json", first.name() + ".card.md", "models.json", ".lock");
        }
    }

    @Test
    void a_file_that_holds_another_model_than_the_list_says_is_refused() throws IOException {
        models.keep(first, "", CHAMPION, MONDAY);
        models.keep(second, "", CHALLENGER, MONDAY);
        Files.copy(
                models.file(second.name()),
                models.file(first.name()),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> models.read(models.champion("cancels").orElseThrow()))
                .withMessage(first.name() + ".json holds model " + second.name() + " of cancels, not " + first.name()
                        + " of cancels");
    }

    @Test
    void a_damaged_list_is_refused_wherever_it_is_cut() throws IOException {
        models.keep(first, "", CHAMPION, MONDAY);
        Path list = models.folder().resolve("models.json");
        String text = Files.readString(list).strip();
        for (int length = 0; length < text.length(); length++) {
            Files.writeString(list, text.substring(0, length));
            assertThatExceptionOfType(IOException.class)
                    .as("cut after %s characters", length)
                    .isThrownBy(models::list);
        }
        for (String[] wrong : List.of(
                new String[] {"champion", "winner"},
                new String[] {"2026-03-02T08:00:00Z", "yesterday"},
                new String[] {": 1", ": 2"})) {
            Files.writeString(list, text.replace(wrong[0], wrong[1]));
            assertThatExceptionOfType(IOException.class)
                    .as(wrong[1])
                    .isThrownBy(models::list)
                    .withMessageContaining("models.json");
        }
    }
}
