package dev.forestall.connectors.files;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts that come again and again, found by their bytes, so that they need not be made anew. */
final class KnownTexts {

    private final List<String> texts;
    private final JsonNames numbers;

    KnownTexts(Collection<String> texts) {
        this.texts = List.copyOf(texts);
        this.numbers = JsonNames.flat(this.texts);
    }

    /** The text that these bytes are in UTF-8, or null when it is not known. */
    @Nullable
    String find(byte[] bytes, int from, int to) {
        int found = texts.isEmpty() ? -1 : numbers.find(bytes, from, to);
        return found < 0 ? null : texts.get(numbers.place(found));
    }

    List<String> all() {
        return texts;
    }

    boolean contains(String text) {
        return texts.contains(text);
    }
}
