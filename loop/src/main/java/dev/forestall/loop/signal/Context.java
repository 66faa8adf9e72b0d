package dev.forestall.loop.signal;

import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;

/** What a customer knows of a cohort they belong to, or an entity they depend on, whose signal stands. */
final class Context {

    long sinceMillis = Long.MIN_VALUE;

    static final Memory<Context> MEMORY = new Memory<>() {
        @Override
        public Context fresh() {
            return new Context();
        }

        @Override
        public boolean isFresh(Context context) {
            return context.sinceMillis == Long.MIN_VALUE;
        }

        @Override
        public Context read(Reader from) {
            Context context = new Context();
            context.sinceMillis = from.whole();
            return context;
        }

        @Override
        public void write(Context context, Writer to) {
            to.whole(context.sinceMillis);
        }
    };
}
