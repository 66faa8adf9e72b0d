package dev.forestall.loop.profile;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.expression.Variable;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The profile stage: keeps all traits up to date. Immutable. */
public final class Traits {

    private final List<Kept> kept = new ArrayList<>();

    public Traits(List<Trait> traits, Slots slots) {
        for (Trait trait : traits) {
            kept.add(new Kept(trait, slots.next("trait." + trait.name(), new Values(trait))));
        }
    }

    /** What conditions may ask for, in the order of the declared traits. */
    public List<Variable> variables() {
        return List.copyOf(kept);
    }

    public void after(Moment moment, Event event) {
        SubjectId subject = moment.subject();
        for (Kept each : kept) {
            Trait trait = each.trait;
            if (trait.of().concerns(event.type())
                    && trait.subjectKind().equals(subject.kind())
                    && trait.of().matches(event, moment)) {
                each.take(moment);
            }
        }
    }

    /** One trait and where it is kept. */
    private record Kept(Trait trait, Slot<Value> slot) implements Variable {

        void take(Moment moment) {
            double number = trait.number() == null ? 1 : trait.number().value(moment);
            String words = trait.words() == null ? null : trait.words().value(moment);
            if (trait.isText() ? words == null : Double.isNaN(number)) {
                return;
            }
            moment.cells().open(slot, "").take(trait, moment.atMillis(), number, words);
        }

        @Override
        public String name() {
            return "trait." + trait.name();
        }

        @Override
        public boolean isText() {
            return trait.isText();
        }

        @Override
        public double number(Moment moment) {
            Value value = moment.cells().find(slot, "");
            boolean counts = trait.fold() == Trait.Fold.COUNT || trait.fold() == Trait.Fold.SUM;
            return value == null ? (counts ? 0 : Double.NaN) : value.at(trait, moment.nowMillis());
        }

        @Override
        public @Nullable String text(Moment moment) {
            Value value = moment.cells().find(slot, "");
            return value == null ? null : value.words;
        }

        @Override
        public long changesAtMillis(Moment moment) {
            Value value = moment.cells().find(slot, "");
            return value == null || trait.withinMillis() == 0
                    ? Cells.NEVER
                    : value.changesAt(trait, moment.nowMillis());
        }
    }

    /** The value of one trait of one subject. */
    static final class Value {
        boolean known;
        long atMillis;
        double number;

        @Nullable
        String words;
        /** Rolling traits: when, in order, and how much. */
        final List<Part> parts = new ArrayList<>();

        private record Part(long atMillis, double number) {}

        void take(Trait trait, long at, double next, @Nullable String nextWords) {
            if (trait.withinMillis() > 0) {
                roll(trait, at, next);
                return;
            }
            switch (trait.fold()) {
                case FIRST -> {
                    if (!known || at < atMillis) {
                        set(at, next, nextWords);
                    }
                }
                case LAST -> {
                    if (!known || at >= atMillis) {
                        set(at, next, nextWords);
                    }
                }
                case COUNT, SUM -> set(0, number + next, null);
                case MIN -> set(0, known ? Math.min(number, next) : next, null);
                case MAX -> set(0, known ? Math.max(number, next) : next, null);
            }
        }

        private void set(long at, double next, @Nullable String nextWords) {
            known = true;
            atMillis = at;
            number = next;
            words = nextWords;
        }

        private void roll(Trait trait, long at, double next) {
            known = true;
            int place = parts.size();
            while (place > 0 && parts.get(place - 1).atMillis > at) {
                place--;
            }
            parts.add(place, new Part(at, next));
            long latest = parts.getLast().atMillis;
            while (parts.size() > Trait.MAX_ROLLING || parts.getFirst().atMillis <= latest - trait.withinMillis()) {
                parts.removeFirst();
            }
        }

        double at(Trait trait, long now) {
            if (trait.withinMillis() == 0) {
                return known ? number : Double.NaN;
            }
            double total = 0;
            for (Part part : parts) {
                if (part.atMillis > now - trait.withinMillis() && part.atMillis <= now) {
                    total += part.number;
                }
            }
            return total;
        }

        long changesAt(Trait trait, long now) {
            for (Part part : parts) {
                if (part.atMillis + trait.withinMillis() > now) {
                    return part.atMillis + trait.withinMillis();
                }
            }
            return Cells.NEVER;
        }
    }

    /** How a trait's value is stored: a rolling one by its parts, a text by its words, any other by its number. */
    private record Values(Trait trait) implements Memory<Value> {

        @Override
        public Value fresh() {
            return new Value();
        }

        @Override
        public boolean isFresh(Value value) {
            return !value.known;
        }

        @Override
        public Value read(Reader from) {
            Value value = new Value();
            value.known = true;
            if (trait.withinMillis() > 0) {
                int size = from.size();
                long at = 0;
                for (int i = 0; i < size; i++) {
                    at += from.whole();
                    value.parts.add(new Value.Part(at, trait.number() == null ? 1 : from.compactNumber()));
                }
                return value;
            }
            value.atMillis = from.whole();
            if (trait.isText()) {
                value.words = from.text();
            } else {
                value.number = from.compactNumber();
            }
            return value;
        }

        @Override
        public void write(Value value, Writer to) {
            if (trait.withinMillis() > 0) {
                to.count(value.parts.size());
                long before = 0;
                for (Value.Part part : value.parts) {
                    to.whole(part.atMillis() - before);
                    before = part.atMillis();
                    if (trait.number() != null) {
                        to.compactNumber(part.number());
                    }
                }
                return;
            }
            to.whole(value.atMillis);
            if (value.words != null) {
                to.text(value.words);
            } else {
                to.compactNumber(value.number);
            }
        }
    }
}
