package dev.forestall.loop.gate;

import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.List;

/** What keeps a customer from being contacted on a channel for some time, such as a complaint or a bounce. */
final class Suppressions {

    /**
     * One of them: from {@code fromMillis} to {@code untilMillis}, the end not included.
     *
     * @param channel which channel; empty for every one
     * @param cause what was reported: {@code message_bounced}
     */
    record Suppression(String channel, String cause, long fromMillis, long untilMillis) {

        boolean holds(String itsChannel, long atMillis) {
            return (channel.isEmpty() || channel.equals(itsChannel))
                    && atMillis >= fromMillis
                    && atMillis < untilMillis;
        }
    }

    final List<Suppression> all = new ArrayList<>();

    void add(Suppression added) {
        if (all.stream().anyMatch(each -> isSameThing(each, added) && each.untilMillis >= added.untilMillis)) {
            return;
        }
        all.removeIf(each -> isSameThing(each, added));
        all.add(added);
    }

    private static boolean isSameThing(Suppression one, Suppression other) {
        return one.channel.equals(other.channel) && one.cause.equals(other.cause);
    }

    long nextEnd() {
        return all.stream().mapToLong(Suppression::untilMillis).min().orElse(Long.MAX_VALUE);
    }

    static final Memory<Suppressions> MEMORY = new Memory<>() {
        @Override
        public Suppressions fresh() {
            return new Suppressions();
        }

        @Override
        public boolean isFresh(Suppressions suppressions) {
            return suppressions.all.isEmpty();
        }

        @Override
        public Suppressions read(Reader from) {
            Suppressions suppressions = new Suppressions();
            int size = from.size();
            for (int i = 0; i < size; i++) {
                String channel = from.text();
                String cause = from.text();
                long fromMillis = from.whole();
                suppressions.all.add(new Suppression(channel, cause, fromMillis, fromMillis + from.count()));
            }
            return suppressions;
        }

        @Override
        public void write(Suppressions suppressions, Writer to) {
            to.count(suppressions.all.size());
            for (Suppression each : suppressions.all) {
                to.text(each.channel).text(each.cause).whole(each.fromMillis).count(each.untilMillis - each.fromMillis);
            }
        }
    };
}
