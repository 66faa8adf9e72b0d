package dev.forestall.acceptance.simulation;

import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateStore.Batch;
import dev.forestall.loop.host.StateStore.Effect;
import dev.forestall.loop.host.StateStore.Saved;
import dev.forestall.loop.state.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A store with one thing wrong with it. The simulation must notice each. */
enum Mutant {
    /** The position is not part of the commit: after a crash the log is worked in again on top of what it did before. */
    FORGETS_THE_POSITION {
        @Override
        void position(Batch batch, long position) {}
    },
    /** Whoever falls silent is never looked after again. */
    FORGETS_WAKE_UPS {
        @Override
        void put(Batch batch, byte[] subject, Saved saved, long wakeBefore) {
            batch.put(subject, new Saved(saved.state(), StateStore.NEVER), StateStore.NEVER);
        }
    },
    /** Messages that were under way between two commits are lost. */
    FORGETS_MESSAGES {
        @Override
        void named(Batch batch, StateStore store, String name, byte[] value) {
            if (!name.equals("pending-messages")) {
                batch.named(name, value);
            }
        }
    },
    /** How far sources were read is noted once and never again. */
    FORGETS_HOW_FAR_SOURCES_WERE_READ {
        @Override
        void named(Batch batch, StateStore store, String name, byte[] value) {
            if (!name.equals("progress") || store.named(name).isEmpty()) {
                batch.named(name, value);
            }
        }
    },
    /** The outbox is not part of the commit: every other effect is lost. */
    FORGETS_EFFECTS {
        @Override
        void effect(Batch batch, Effect effect) {
            if (effect.index() % 2 == 0) {
                batch.effect(effect);
            }
        }
    },
    /** Small states are not worth writing, thinks this one. */
    FORGETS_SMALL_STATES {
        @Override
        void put(Batch batch, byte[] subject, Saved saved, long wakeBefore) {
            if (saved.state().length > 24) {
                batch.put(subject, saved, wakeBefore);
            }
        }
    },
    /** Of all wake-ups that are due, only the first is seen. */
    SEES_ONE_WAKE_UP {
        @Override
        List<StateStore.Wake> due(StateStore store, long untilMillis, int limit) {
            return store.due(untilMillis, 1);
        }
    },
    /** Effects are acknowledged before a subscriber has them. */
    ACKNOWLEDGES_TOO_EARLY {
        @Override
        void position(Batch batch, long position) {
            batch.position(position);
            Writer to = new Writer();
            to.count(1).text("heard").count(position).count(0).count(0);
            batch.named("subscriptions", to.toBytes());
        }
    },
    /** Who is who is not part of the commit: it is written beforehand. */
    WRITES_WHO_IS_WHO_BEFOREHAND {
        @Override
        void node(Batch batch, StateStore store, byte[] identifier, byte[] value) {
            try (Batch early = store.batch()) {
                store.commit(early.node(identifier, value));
            }
        }
    },
    /** What is remembered of an identifier is written once and never again. */
    FORGETS_WHO_IS_WHO {
        @Override
        void node(Batch batch, StateStore store, byte[] identifier, byte[] value) {
            if (store.node(identifier).isEmpty()) {
                batch.node(identifier, value);
            }
        }
    },
    /** Whoever is worked out anew lacks what came from devices. */
    FORGETS_A_MEMBER_OF_WHOEVER_IS_WORKED_OUT_ANEW {
        @Override
        void inputs(Batch batch, byte[] subject, long... positions) {
            if (!new String(subject, StandardCharsets.UTF_8).startsWith("customer:filed\0deviceId:")) {
                batch.inputs(subject, positions);
            }
        }
    },
    /** A customer who is somebody else by now stays. */
    KEEPS_WHO_IS_GONE {
        @Override
        void remove(Batch batch, byte[] subject, long wakeBefore) {}
    },
    /** Whom an input concerned is not noted, so that nobody's past can be worked out. */
    FORGETS_WHOSE_INPUT_IT_WAS {
        @Override
        void inputs(Batch batch, byte[] subject, long... positions) {}
    };

    void put(Batch batch, byte[] subject, Saved saved, long wakeBefore) {
        batch.put(subject, saved, wakeBefore);
    }

    void put(Batch batch, int generation, byte[] subject, Saved saved, long wakeBefore) {
        batch.put(generation, subject, saved, wakeBefore);
    }

    void live(Batch batch, int generation) {
        batch.live(generation);
    }

    void remove(Batch batch, byte[] subject, long wakeBefore) {
        batch.remove(subject, wakeBefore);
    }

    void inputs(Batch batch, byte[] subject, long... positions) {
        batch.inputs(subject, positions);
    }

    void effect(Batch batch, Effect effect) {
        batch.effect(effect);
    }

    void position(Batch batch, long position) {
        batch.position(position);
    }

    void named(Batch batch, StateStore store, String name, byte[] value) {
        batch.named(name, value);
    }

    void node(Batch batch, StateStore store, byte[] identifier, byte[] value) {
        batch.node(identifier, value);
    }

    List<StateStore.Wake> due(StateStore store, long untilMillis, int limit) {
        return store.due(untilMillis, limit);
    }

    /** A store that has what this mutant has wrong. */
    StateStore applyTo(StateStore real) {
        return new Disk(real) {
            @Override
            public Batch batch() {
                return new ChangedBatch(Mutant.this, real, real.batch());
            }

            @Override
            public void commit(Batch batch) {
                real.commit(batch instanceof ChangedBatch changed ? changed.real() : batch);
            }

            @Override
            public List<Wake> due(long untilMillis, int limit) {
                return Mutant.this.due(real, untilMillis, limit);
            }
        };
    }

    private record ChangedBatch(Mutant mutant, StateStore store, Batch real) implements Batch {

        @Override
        public Batch put(byte[] subject, Saved saved, long wakeBefore) {
            mutant.put(real, subject, saved, wakeBefore);
            return this;
        }

        @Override
        public Batch put(int generation, byte[] subject, Saved saved, long wakeBefore) {
            mutant.put(real, generation, subject, saved, wakeBefore);
            return this;
        }

        @Override
        public Batch live(int generation) {
            mutant.live(real, generation);
            return this;
        }

        @Override
        public Batch remove(byte[] subject, long wakeBefore) {
            mutant.remove(real, subject, wakeBefore);
            return this;
        }

        @Override
        public Batch inputs(byte[] subject, long... positions) {
            mutant.inputs(real, subject, positions);
            return this;
        }

        @Override
        public Batch effect(Effect effect) {
            mutant.effect(real, effect);
            return this;
        }

        @Override
        public Batch dropEffect(long position, byte[] subject, int index) {
            real.dropEffect(position, subject, index);
            return this;
        }

        @Override
        public Batch node(byte[] identifier, byte[] value) {
            mutant.node(real, store, identifier, value);
            return this;
        }

        @Override
        public Batch position(long position) {
            mutant.position(real, position);
            return this;
        }

        @Override
        public Batch named(String name, byte[] value) {
            mutant.named(real, store, name, value);
            return this;
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
