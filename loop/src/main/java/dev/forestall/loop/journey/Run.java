package dev.forestall.loop.journey;

import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;

/** One run of a journey, as a subject remembers it. */
final class Run {

    /** The step before the first one. */
    static final int AT_START = -1;

    boolean open;
    long startedAtMillis;
    int step = AT_START;
    long enteredAtMillis;
    long lastAtMillis;
    long valueMinor = Long.MIN_VALUE;

    boolean hasValue() {
        return valueMinor != Long.MIN_VALUE;
    }

    static final Memory<Run> MEMORY = new Memory<>() {
        @Override
        public Run fresh() {
            return new Run();
        }

        @Override
        public boolean isFresh(Run run) {
            return !run.open;
        }

        @Override
        public Run read(Reader from) {
            Run run = new Run();
            run.open = true;
            run.startedAtMillis = from.whole();
            run.step = from.size() - 1;
            run.enteredAtMillis = run.startedAtMillis + from.whole();
            run.lastAtMillis = run.enteredAtMillis + from.whole();
            if (from.flag()) {
                run.valueMinor = from.whole();
            }
            return run;
        }

        @Override
        public void write(Run run, Writer to) {
            to.whole(run.startedAtMillis)
                    .count(run.step + 1)
                    .whole(run.enteredAtMillis - run.startedAtMillis)
                    .whole(run.lastAtMillis - run.enteredAtMillis)
                    .flag(run.hasValue());
            if (run.hasValue()) {
                to.whole(run.valueMinor);
            }
        }
    };
}
