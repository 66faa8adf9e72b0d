package dev.forestall.server.session;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.host.Engine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the decision that those outside call by a name: the latest are remembered, for the tables may not know them yet. For any thread. */
final class Shown {

    private final Questions.Known tables;
    private final Map<String, Known> latest;

    /** @param chosen the action; {@code nothing} is one */
    record Known(EffectId decision, String policy, String chosen) {}

    Shown(int remembered, Questions.Known tables) {
        this.tables = tables;
        this.latest = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                return size() > remembered;
            }
        };
    }

    void remember(String name, EffectId decision, String policy, String chosen) {
        synchronized (latest) {
            latest.put(name, new Known(decision, policy, chosen));
        }
    }

    Optional<Known> find(String name, Engine engine) {
        synchronized (latest) {
            Known known = latest.get(name);
            if (known != null) {
                return Optional.of(known);
            }
        }
        return tables.decision(name)
                .flatMap(id -> engine.look(history -> history.effect(id))
                        .toCompletableFuture()
                        .join())
                .flatMap(Shown::known);
    }

    private static Optional<Known> known(Effect effect) {
        return effect instanceof Effect.Decided(Decision decision) && decision.isInSession()
                ? Optional.of(new Known(decision.id(), decision.policy(), decision.chosen()))
                : Optional.empty();
    }
}
