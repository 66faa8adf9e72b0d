package dev.forestall.loop.reason;

import dev.forestall.loop.feature.Phrase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How reasons are put in one language: to each English form, the form that says the same. What it does not know it says in English. Immutable. */
public final class Phrasebook {

    /** The mark before decimals, as a form of its own. */
    public static final String DECIMAL = "decimal mark";

    /** The mark between thousands. */
    public static final String THOUSANDS = "thousands mark";

    public static final Phrasebook ENGLISH = new Phrasebook("en", marks());

    private final String language;
    private final Map<String, String> phrases;

    /**
     * @param language its tag, such as {@code de}
     * @param phrases by English form
     */
    public Phrasebook(String language, Map<String, String> phrases) {
        this.language = language;
        this.phrases = new TreeMap<>(phrases);
    }

    private static Map<String, String> marks() {
        Map<String, String> marks = new TreeMap<>();
        marks.put(DECIMAL, ".");
        marks.put(THOUSANDS, ",");
        return marks;
    }

    public String language() {
        return language;
    }

    /** The same phrases under another tag: what a language begins with that has none of its own. */
    public Phrasebook as(String tag) {
        return new Phrasebook(tag, phrases);
    }

    /** The form for an English one; the English one when this book has none. */
    public String form(String english) {
        return phrases.getOrDefault(english, english);
    }

    public boolean knows(String english) {
        return phrases.containsKey(english);
    }

    /** This book with phrases of one's own, which go before those in it. */
    public Phrasebook with(Map<String, String> own) {
        Map<String, String> all = new TreeMap<>(phrases);
        all.putAll(own);
        return new Phrasebook(language, all);
    }

    /** Says an English form with these texts in its places, in their English order. */
    public String say(String english, String... texts) {
        return Phrase.fill(form(english), Phrase.places(english), Arrays.asList(texts));
    }

    /** Says what a feature is called. */
    String say(Phrase phrase, String renamed) {
        List<String> texts = phrase.parts().stream()
                .map(part -> switch (part) {
                    case Phrase.Name name -> renamed.isEmpty() ? name.text() : renamed;
                    case Phrase.Level level -> level.text();
                    case Phrase.Span span -> duration(span.millis());
                })
                .toList();
        return say(phrase.form(), texts.toArray(String[]::new));
    }

    /** A figure written with a point before decimals and commas between thousands, in the marks of the language. */
    public String figure(String english) {
        String decimal = phrases.getOrDefault(DECIMAL, ".");
        String thousands = phrases.getOrDefault(THOUSANDS, ",");
        StringBuilder figure = new StringBuilder(english.length());
        for (int i = 0; i < english.length(); i++) {
            char each = english.charAt(i);
            if (each == '.') {
                figure.append(decimal);
            } else if (each == ',') {
                figure.append(thousands);
            } else {
                figure.append(each);
            }
        }
        return figure.toString();
    }

    private String duration(long millis) {
        long[] sizes = {86_400_000, 3_600_000, 60_000, 1_000, 1};
        String[] forms = {"{count} days", "{count} h", "{count} min", "{count} s", "{count} ms"};
        StringBuilder words = new StringBuilder();
        long rest = millis;
        for (int i = 0; i < sizes.length; i++) {
            long count = rest / sizes[i];
            if (count > 0) {
                String form = i == 0 && count == 1 ? "{count} day" : forms[i];
                words.append(words.isEmpty() ? "" : " ").append(say(form, Long.toString(count)));
                rest %= sizes[i];
            }
        }
        return words.toString();
    }
}
