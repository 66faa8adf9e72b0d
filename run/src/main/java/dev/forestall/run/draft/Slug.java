package dev.forestall.run.draft;

import dev.forestall.loop.report.ReportEvents;
import dev.forestall.pack.expression.Names;
import java.text.Normalizer;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes names that a pack can use of the texts of a file, each once. */
final class Slug {

    private static final int LONGEST = 50;

    private final SortedSet<String> taken = new TreeSet<>();

    /** A name for a text; another one when an earlier text took it. */
    String name(String text, String otherwise) {
        String slug = of(text);
        if (slug.isEmpty()) {
            slug = otherwise;
        }
        if (!Character.isLetter(slug.charAt(0))) {
            slug = otherwise + "_" + slug;
        }
        if (Names.isReserved(slug) || ReportEvents.isBuiltIn(slug)) {
            slug = slug + "_value";
        }
        String name = slug;
        for (int i = 2; !taken.add(name); i++) {
            name = slug + "_" + i;
        }
        return name;
    }

    /** In small letters of ASCII, digits and {@code _}. */
    static String of(String text) {
        String apart = text.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_");
        String plain = Normalizer.normalize(apart, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        String slug =
                plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        return slug.length() <= LONGEST ? slug : slug.substring(0, LONGEST).replaceAll("_+$", "");
    }
}
