package dev.forestall.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.event.Probability;
import dev.forestall.loop.feature.Feature;
import dev.forestall.loop.feature.Levels;
import dev.forestall.loop.feature.Phrase;
import dev.forestall.loop.reason.Change;
import dev.forestall.loop.reason.Phrasebook;
import dev.forestall.loop.reason.Reason;
import dev.forestall.loop.reason.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {

    private static final String SHOP = """
            pack: shop
            currency: EUR
            subjects: { customer: { identifiers: [userId] } }
            events:
              order_placed: { amount: money, channel: string }
            """;

    /** What the value of an occurrence of events is said of. */
    private static final Reason ORDERS = new Reason("event order_placed", "count(order_placed)", 1234, 0, 1, 0.5);

    @Test
    void every_phrase_of_a_pack_that_has_everything_is_in_every_built_in_book() throws IOException, PackException {
        Pack pack = Packs.compileText(Files.readString(Path.of("src/test/resources/every-key.yaml")));
        Set<String> said = pack.definition().features().all(Levels.NONE).stream()
                .map(Feature::phrase)
                .map(Phrase::form)
                .collect(Collectors.toCollection(TreeSet::new));
        said.add("{name} is {level}");
        said.add("first {name} is {level}");
        said.add("{name} was {level}, times");

        assertThat(said).hasSizeGreaterThan(40);
        assertThat(Languages.BUILT_IN.forms()).containsAll(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "nl"})
    void a_built_in_book_knows_every_phrase_with_the_places_of_the_english_one(String tag) {
        Phrasebook book = book(tag);
        assertThat(Languages.BUILT_IN.forms()).hasSizeGreaterThan(70).allSatisfy(english -> {
            assertThat(book.knows(english)).as(english).isTrue();
            assertThat(Phrase.places(book.form(english)))
                    .as(english)
                    .containsExactlyInAnyOrderElementsOf(Phrase.places(english));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|order placed, so far: 1,234 (usual 0 to 1)|latest amount: EUR 12.50 instead of never",
                "de|order placed, bisher: 1.234 (üblich 0 bis 1)|amount, zuletzt: EUR 12,50 statt nie",
                "nl|order placed, tot nu toe: 1.234 (gebruikelijk 0 tot 1)|amount, laatste: EUR 12,50 in plaats van nooit",
                "fr|order placed, jusqu’ici : 1\u202f234 (d’habitude 0 à 1)|amount, dernière valeur : EUR 12,50 au lieu de jamais"
            })
    void reasons_read_as_people_write(String tag, String reason, String change) throws PackException {
        Wording wording = wording(Packs.compileText(SHOP), tag);
        assertThat(wording.of(ORDERS)).isEqualTo(reason);
        assertThat(wording.of(new Change("property amount", "last(amount)", Double.NaN, 1250, new Probability(0.1))))
                .isEqualTo(change);
    }

    @Test
    void a_pack_adds_a_language_and_what_it_has_no_phrase_for_is_said_in_english() throws PackException {
        Pack pack = Packs.compileText(SHOP + """
                reasons:
                  language: es
                  labels: { order_placed: pedidos }
                  languages:
                    es: { phrases: { "{name}, so far": "hasta ahora, {name}" } }
                    de: { labels: { order_placed: Bestellungen } }
                """);
        assertThat(pack.languages().standard()).isEqualTo("es");
        assertThat(wording(pack, "es").of(ORDERS)).isEqualTo("hasta ahora, pedidos: 1,234 (usual 0 to 1)");
        assertThat(wording(pack, "de").of(ORDERS)).isEqualTo("Bestellungen, bisher: 1.234 (üblich 0 bis 1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "language: dee|'de'",
                "languages: { de: { phrases: { '{name}, so farr': '{name}' } } }|{name}, so far",
                "languages: { de: { phrases: { '{name}, so far': 'bisher' } } }|Use each of the places",
                "languages: { de: { phrases: { '{name}, so far': '{name} {name}' } } }|Use each of the places",
                "languages: { de: { labels: { order_placd: x } } }|order_placed"
            })
    void what_could_never_be_said_is_an_error(String reasons, String advice) {
        assertThatThrownBy(() -> Packs.compileText(SHOP + "reasons: { " + reasons + " }\n"))
                .isInstanceOf(PackException.class)
                .satisfies(
                        thrown -> assertThat(((PackException) thrown).problems().toString())
                                .contains(advice.replace("'de'", "de")));
    }

    private static Phrasebook book(String tag) {
        return Objects.requireNonNull(Languages.BUILT_IN.books().get(tag));
    }

    private static Wording wording(Pack pack, String tag) {
        return pack.languages()
                .wording(pack.definition().features(), pack.definition().currency(), tag);
    }
}
