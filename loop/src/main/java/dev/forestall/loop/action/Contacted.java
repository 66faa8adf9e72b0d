package dev.forestall.loop.action;

import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.List;

/** When something was last done for a customer, oldest first. */
final class Contacted {

    final List<Long> atMillis = new ArrayList<>();

    int within(long now, long withinMillis) {
        return (int) atMillis.stream()
                .filter(at -> at > now - withinMillis && at <= now)
                .count();
    }

    void add(long at, int keep) {
        atMillis.add(at);
        atMillis.sort(null);
        while (atMillis.size() > keep) {
            atMillis.removeFirst();
        }
    }

    static final Memory.Said<Contacted> MEMORY = new Memory.Said<>() {
        @Override
        public Contacted join(Contacted one, Contacted other) {
            other.atMillis.stream().filter(at -> !one.atMillis.contains(at)).forEach(one.atMillis::add);
            one.atMillis.sort(null);
            return one;
        }

        @Override
        public boolean isOfEveryPart() {
            return true;
        }

        @Override
        public Contacted fresh() {
            return new Contacted();
        }

        @Override
        public boolean isFresh(Contacted contacted) {
            return contacted.atMillis.isEmpty();
        }

        @Override
        public Contacted read(Reader from) {
            Contacted contacted = new Contacted();
            int size = from.size();
            long at = 0;
            for (int i = 0; i < size; i++) {
                at += from.whole();
                contacted.atMillis.add(at);
            }
            return contacted;
        }

        @Override
        public void write(Contacted contacted, Writer to) {
            to.count(contacted.atMillis.size());
            long before = 0;
            for (long at : contacted.atMillis) {
                to.whole(at - before);
                before = at;
            }
        }
    };
}
