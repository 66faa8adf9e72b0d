package dev.forestall.pack;

import dev.forestall.loop.feature.Features;
import dev.forestall.loop.reason.Phrasebook;
import dev.forestall.loop.reason.Wording;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The languages in which reasons can be said. Immutable.
 *
 * @param standard the tag of that which people read unless they ask for another
 * @param books by tag
 * @param names by tag, what people call the things that reasons are about
 */
public record Languages(
        String standard, SortedMap<String, Phrasebook> books, SortedMap<String, SortedMap<String, String>> names) {

    private static final List<String> TRANSLATED = List.of("de", "fr", "nl");
    /** Behind it stands how the language says what stands before it. */
    private static final String SAYS = " = ";
    /** What is said anywhere, in English. */
    private static final Set<String> FORMS =
            Collections.unmodifiableSet(new TreeSet<>(read("de").keySet()));

    /** What is there without a pack saying anything. */
    public static final Languages BUILT_IN = builtIn();

    public Languages {
        books = Collections.unmodifiableSortedMap(new TreeMap<>(books));
        names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
    }

    public boolean has(String tag) {
        return books.containsKey(tag);
    }

    /** All phrases that can be translated, in English. */
    public Set<String> forms() {
        return FORMS;
    }

    /** What puts reasons in words of a language that is there. */
    public Wording wording(Features features, Currency currency, String tag) {
        Phrasebook book = books.get(tag);
        if (book == null) {
            throw new IllegalArgumentException("there is no language '" + tag + "' among " + books.keySet());
        }
        return new Wording(features, currency, names.getOrDefault(tag, new TreeMap<>()), book);
    }

    private static Languages builtIn() {
        SortedMap<String, Phrasebook> books = new TreeMap<>();
        books.put(Phrasebook.ENGLISH.language(), Phrasebook.ENGLISH);
        TRANSLATED.forEach(tag -> books.put(tag, new Phrasebook(tag, read(tag))));
        return new Languages(Phrasebook.ENGLISH.language(), books, new TreeMap<>());
    }

    private static Map<String, String> read(String tag) {
        String name = "phrases/" + tag + ".txt";
        try (InputStream in = Languages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the phrases of '" + tag + "' are not where they belong: " + name);
            }
            Map<String, String> phrases = new TreeMap<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                int at = line.indexOf(SAYS);
                if (at > 0) {
                    phrases.put(line.substring(0, at), line.substring(at + SAYS.length()));
                }
            }
            return phrases;
        } catch (IOException failed) {
            throw new UncheckedIOException(name + " cannot be read", failed);
        }
    }
}
