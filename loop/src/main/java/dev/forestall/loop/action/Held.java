package dev.forestall.loop.action;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;

/** What a policy has decided in a session, for as long as that stands. */
final class Held {

    /** Under which name the customer was asked about: they may have turned out to be somebody else since. */
    String customer = "";

    long position;
    int index;
    String chosen = "";
    /** On which the chosen action reaches the customer; empty for nothing. */
    String channel = "";

    boolean isControl;
    double propensity;
    boolean isShown;
    long atMillis;
    long untilMillis;

    EffectId decision() {
        return new EffectId(SubjectId.customer(customer), position, index);
    }

    boolean is(EffectId decision) {
        return position == decision.position() && index == decision.index();
    }

    static final Memory.Said<Held> MEMORY = new Memory.Said<>() {
        /** Of two who have turned out to be one, what was decided last stands. */
        @Override
        public Held join(Held one, Held other) {
            return one.position >= other.position ? one : other;
        }

        @Override
        public boolean isOfEveryPart() {
            return true;
        }

        @Override
        public Held fresh() {
            return new Held();
        }

        @Override
        public boolean isFresh(Held held) {
            return held.customer.isEmpty();
        }

        @Override
        public Held read(Reader from) {
            Held held = new Held();
            held.customer = from.text();
            held.position = from.count();
            held.index = from.size();
            held.chosen = from.text();
            held.channel = from.text();
            held.isControl = from.flag();
            held.propensity = from.number();
            held.isShown = from.flag();
            held.atMillis = from.whole();
            held.untilMillis = from.whole();
            return held;
        }

        @Override
        public void write(Held held, Writer to) {
            to.text(held.customer)
                    .count(held.position)
                    .count(held.index)
                    .text(held.chosen)
                    .text(held.channel)
                    .flag(held.isControl)
                    .number(held.propensity)
                    .flag(held.isShown)
                    .whole(held.atMillis)
                    .whole(held.untilMillis);
        }
    };
}
