package dev.forestall.loop.feature;

import dev.forestall.loop.event.InWords;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a feature is called, apart from the language: an English form with places, and what stands in them. Immutable.
 *
 * @param form such as <code>{name}, lately (half-life {span})</code>
 * @param parts in the order of the places of the English form
 */
public record Phrase(String form, List<Part> parts) {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

    /** What stands in a place. */
    public sealed interface Part {}

    /** What the feature is about: people may call it differently. */
    public record Name(String text) implements Part {}

    /** A value as it occurs in events: the same in all languages. */
    public record Level(String text) implements Part {}

    /** A length of time. */
    public record Span(long millis) implements Part {}

    public Phrase {
        parts = List.copyOf(parts);
        if (places(form).size() != parts.size()) {
            throw new IllegalArgumentException("'" + form + "' has not " + parts.size() + " places");
        }
    }

    static Phrase of(String form, Part... parts) {
        return new Phrase(form, List.of(parts));
    }

    /** A form about one thing. */
    static Phrase of(String form, String name) {
        return of(form, new Name(name));
    }

    /** The names of the places of a form, in their order. */
    public static List<String> places(String form) {
        return PLACE.matcher(form).results().map(each -> each.group(1)).toList();
    }

    /** Puts texts into the places of a form, which may stand in another order than those of the English one. */
    public static String fill(String form, List<String> places, List<String> texts) {
        return PLACE.matcher(form).replaceAll(place -> {
            int at = places.indexOf(place.group(1));
            return Matcher.quoteReplacement(at < 0 ? place.group() : texts.get(at));
        });
    }

    /** In English, by the names of the pack. */
    public String english() {
        return fill(form, places(form), parts.stream().map(Phrase::english).toList());
    }

    private static String english(Part part) {
        return switch (part) {
            case Name name -> name.text;
            case Level level -> level.text;
            case Span span -> InWords.duration(span.millis);
        };
    }
}
