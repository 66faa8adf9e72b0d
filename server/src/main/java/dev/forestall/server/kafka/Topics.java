package dev.forestall.server.kafka;

import dev.forestall.server.settings.Settings.Kafka.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How the reading of each topic stands. For any thread. */
public final class Topics {

    /** Of so many records, more than half have to be usable. */
    static final int WINDOW = 1_000;

    private final Map<String, State> states = new ConcurrentHashMap<>();

    /** How one topic stands. */
    private static final class State {
        private final boolean[] unusable = new boolean[WINDOW];
        private int seen;
        private int bad;
        private long skipped;
        private volatile String problem = "";
        private volatile long lag = -1;
    }

    Topics(List<Topic> topics) {
        topics.forEach(topic -> states.put(topic.name(), new State()));
    }

    private State state(Topic topic) {
        return states.computeIfAbsent(topic.name(), name -> new State());
    }

    /** Notes whether a record could be used. Answers whether more than half of the latest could not. */
    boolean note(Topic topic, boolean isUsable) {
        State state = state(topic);
        synchronized (state) {
            int place = state.seen % WINDOW;
            state.bad += (isUsable ? 0 : 1) - (state.unusable[place] ? 1 : 0);
            state.unusable[place] = !isUsable;
            state.seen++;
            return state.seen >= WINDOW && state.bad * 2 > WINDOW;
        }
    }

    /** Begins to count anew. */
    void forget(Topic topic) {
        State state = state(topic);
        synchronized (state) {
            state.seen = 0;
            state.bad = 0;
            java.util.Arrays.fill(state.unusable, false);
        }
    }

    void skipped(Topic topic, int more) {
        State state = state(topic);
        synchronized (state) {
            state.skipped += more;
        }
    }

    void lag(Topic topic, long records) {
        state(topic).lag = records;
    }

    /** @param problem what keeps it from being read, and what to do; empty for nothing */
    void problem(Topic topic, String problem) {
        state(topic).problem = problem;
    }

    boolean isWell(Topic topic) {
        return state(topic).problem.isEmpty();
    }

    /** What is wrong, for people, in the order of the topics' names. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(states).forEach((name, state) -> {
            if (!state.problem.isEmpty()) {
                problems.add("Kafka's topic " + name + " is not read: " + state.problem);
            }
        });
        return problems;
    }

    /** How many records of a topic are not read yet; -1 while nobody knows. */
    public Map<String, Long> lags() {
        Map<String, Long> lags = new TreeMap<>();
        states.forEach((name, state) -> lags.put(name, state.lag));
        return lags;
    }

    /** How many records of a topic said nothing to be read. */
    public Map<String, Long> skipped() {
        Map<String, Long> skipped = new TreeMap<>();
        states.forEach((name, state) -> {
            synchronized (state) {
                skipped.put(name, state.skipped);
            }
        });
        return skipped;
    }
}
