package dev.forestall.loop.gate;

import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was reported of how to reach a customer: where they are, what they understand, what they prefer. The latest statement stands. */
final class Preferences {

    private static final String ZONE = "zone";
    private static final String LANGUAGE = "language";
    private static final String CHANNEL = "channel";

    /**
     * One statement.
     *
     * @param about {@code zone}, {@code language} or {@code channel}
     * @param purpose for which; empty for every one
     */
    private record Statement(String about, String purpose, String value, long atMillis) {}

    private final List<Statement> all = new ArrayList<>();

    void zone(String zone, long atMillis) {
        put(new Statement(ZONE, "", zone, atMillis));
    }

    void language(String language, long atMillis) {
        put(new Statement(LANGUAGE, "", language, atMillis));
    }

    void channel(String purpose, String channel, long atMillis) {
        put(new Statement(CHANNEL, purpose, channel, atMillis));
    }

    /** Of two statements of one time, the one that was reported last stands. */
    private void put(Statement stated) {
        for (int i = 0; i < all.size(); i++) {
            Statement each = all.get(i);
            if (each.about.equals(stated.about) && each.purpose.equals(stated.purpose)) {
                if (stated.atMillis >= each.atMillis) {
                    all.set(i, stated);
                }
                return;
            }
        }
        all.add(stated);
    }

    Optional<String> zone() {
        return find(ZONE, "");
    }

    Optional<String> language() {
        return find(LANGUAGE, "");
    }

    /** What is preferred for a purpose, else for all. */
    Optional<String> channel(String purpose) {
        Optional<String> own = find(CHANNEL, purpose);
        return own.isPresent() ? own : find(CHANNEL, "");
    }

    private Optional<String> find(String about, String purpose) {
        return all.stream()
                .filter(each -> each.about.equals(about) && each.purpose.equals(purpose))
                .map(Statement::value)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    static final Memory<Preferences> MEMORY = new Memory<>() {
        @Override
        public Preferences fresh() {
            return new Preferences();
        }

        @Override
        public boolean isFresh(Preferences preferences) {
            return preferences.all.isEmpty();
        }

        @Override
        public Preferences read(Reader from) {
            Preferences preferences = new Preferences();
            for (int left = from.size(); left > 0; left--) {
                preferences.all.add(new Statement(from.text(), from.text(), from.text(), from.whole()));
            }
            return preferences;
        }

        @Override
        public void write(Preferences preferences, Writer to) {
            to.count(preferences.all.size());
            for (Statement each : preferences.all) {
                to.text(each.about).text(each.purpose).text(each.value).whole(each.atMillis);
            }
        }
    };
}
