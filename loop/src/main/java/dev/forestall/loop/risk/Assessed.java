package dev.forestall.loop.risk;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.List;

/** What a customer remembers of one prediction: how often it was asked, and what was answered last. */
final class Assessed {

    int asked;
    /** NaN while there is no answer. */
    double probability = Double.NaN;

    long atMillis;
    /** The levels that are reached, lowest first: when each was. */
    private final List<Rise> rises = new ArrayList<>(0);

    /**
     * A level was reached.
     *
     * @param position of the input at which it was told
     * @param index of the effect that told it
     * @param atMillis when
     */
    record Rise(long position, int index, long atMillis) {}

    /** How many levels lie at or below the probability. */
    int level() {
        return rises.size();
    }

    void rise(EffectId told, long whenMillis) {
        rises.add(new Rise(told.position(), told.index(), whenMillis));
    }

    /** The highest level is no longer reached. */
    Rise fall() {
        return rises.removeLast();
    }

    static final Memory<Assessed> MEMORY = new Memory<>() {
        @Override
        public Assessed fresh() {
            return new Assessed();
        }

        @Override
        public boolean isFresh(Assessed assessed) {
            return assessed.asked == 0;
        }

        @Override
        public Assessed read(Reader from) {
            Assessed assessed = new Assessed();
            assessed.asked = from.size();
            if (from.flag()) {
                assessed.probability = from.number();
                assessed.atMillis = from.whole();
            }
            for (int left = from.size(); left > 0; left--) {
                assessed.rises.add(new Rise(from.count(), from.size(), from.whole()));
            }
            return assessed;
        }

        @Override
        public void write(Assessed assessed, Writer to) {
            boolean isAnswered = !Double.isNaN(assessed.probability);
            to.count(assessed.asked).flag(isAnswered);
            if (isAnswered) {
                to.number(assessed.probability).whole(assessed.atMillis);
            }
            to.count(assessed.rises.size());
            for (Rise rise : assessed.rises) {
                to.count(rise.position).count(rise.index).whole(rise.atMillis);
            }
        }
    };
}
