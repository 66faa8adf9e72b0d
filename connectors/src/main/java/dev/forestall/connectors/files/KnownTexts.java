package dev.forestall.connectors.files;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts that come again and again, numbered, and found by their bytes, so that they need not be made anew. */
final class KnownTexts {

    static final int UNKNOWN = -1;

    private final List<String> texts;
    private final JsonNames byBytes;
    private final Map<String, Integer> byText = new HashMap<>();

    /** @param texts each is found at its number in the order given */
    KnownTexts(Collection<String> texts) {
        this.texts = List.copyOf(texts);
        this.byBytes = JsonNames.flat(this.texts);
        for (String text : this.texts) {
            byText.put(text, byText.size());
        }
    }

    List<String> all() {
        return texts;
    }

    /** The number of the text that these bytes are in UTF-8, or {@link #UNKNOWN}. */
    int number(byte[] bytes, int from, int to) {
        int found = texts.isEmpty() ? -1 : byBytes.find(bytes, from, to);
        return found < 0 ? UNKNOWN : byBytes.place(found);
    }

    /** The number of a text, or {@link #UNKNOWN}. */
    int number(String text) {
        return byText.getOrDefault(text, UNKNOWN);
    }
}
