package dev.forestall.embedded;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ids of the latest events, to notice senders that repeat themselves. What is repeated after more events than this is taken anew. */
final class RecentIds {

    /** So many ids are remembered: some minutes of a busy stream, a few megabytes. */
    static final int LIMIT = 65_536;

    private final Map<String, Boolean> ids = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > LIMIT;
        }
    };

    /** Remembers an id. Answers false when it was known; an event without an id is always new. */
    boolean add(String source, String id) {
        return id.isEmpty() || ids.put(source + '\0' + id, true) == null;
    }
}
