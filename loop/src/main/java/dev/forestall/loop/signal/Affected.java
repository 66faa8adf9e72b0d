package dev.forestall.loop.signal;

import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;

/** Which effect told that a customer has come to be affected by a signal of others. */
final class Affected {

    boolean active;
    long position;
    int index;
    long atMillis;

    static final Memory<Affected> MEMORY = new Memory<>() {
        @Override
        public Affected fresh() {
            return new Affected();
        }

        @Override
        public boolean isFresh(Affected affected) {
            return !affected.active;
        }

        @Override
        public Affected read(Reader from) {
            Affected affected = new Affected();
            affected.active = true;
            affected.position = from.count();
            affected.index = from.size();
            affected.atMillis = from.whole();
            return affected;
        }

        @Override
        public void write(Affected affected, Writer to) {
            to.count(affected.position).count(affected.index).whole(affected.atMillis);
        }
    };
}
