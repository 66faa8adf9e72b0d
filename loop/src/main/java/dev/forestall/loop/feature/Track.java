package dev.forestall.loop.feature;

import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one customer has lived through, as far as features need it. Parts that never occurred are null. */
final class Track {

    /** How many of each thing a track may hold, as the definition declares them. */
    record Shape(int types, int numbers, int texts, int journeys, int signals, List<Long> halfLivesMillis) {}

    int events;
    long firstMillis;
    long lastMillis;
    /** Time between the two latest events, in milliseconds; -1 before the second. */
    long lastGapMillis = -1;
    /** The longest time between two events so far. */
    long longestGapMillis;
    /** Type of the latest event and of the one before; -1 for none. */
    int lastType = -1;

    int typeBefore = -1;
    /** By half-life: as of when sums are kept. */
    final long[] keptAtMillis;
    /** By half-life: events, as of {@link #keptAtMillis}. */
    final float[] recent;

    /** By half-life, the weight that was asked for last: dozens of features ask for the same. */
    private final double[] weights;

    private final long[] weightOfAgeMillis;

    final @Nullable Counted[] types;
    final @Nullable Numbers[] numbers;
    final @Nullable Texts[] texts;
    final @Nullable Travelled[] journeys;
    final @Nullable Counted[] signals;

    Track(Shape shape) {
        int halfLives = shape.halfLivesMillis.size();
        this.keptAtMillis = new long[halfLives];
        this.recent = new float[halfLives];
        this.weights = new double[halfLives];
        this.weightOfAgeMillis = new long[halfLives];
        Arrays.fill(weightOfAgeMillis, Long.MIN_VALUE);
        this.types = new @Nullable Counted[shape.types];
        this.numbers = new @Nullable Numbers[shape.numbers];
        this.texts = new @Nullable Texts[shape.texts];
        this.journeys = new @Nullable Travelled[shape.journeys];
        this.signals = new @Nullable Counted[shape.signals];
    }

    /** Something that was counted: events of a type, or a signal. */
    static final class Counted {
        int count;
        long lastMillis;
        /** By half-life, as of {@link Track#keptAtMillis}. */
        final float[] recent;

        Counted(int halfLives) {
            this.recent = new float[halfLives];
        }
    }

    /** Where a customer has been in a journey, over all its runs. */
    static final class Travelled {
        int started;
        int moved;
        int backwards;
        int reached;
        int badly;
        long lastMillis;
    }

    Counted type(int index) {
        Counted known = types[index];
        return known != null ? known : (types[index] = new Counted(recent.length));
    }

    Counted signal(int index) {
        Counted known = signals[index];
        return known != null ? known : (signals[index] = new Counted(recent.length));
    }

    Numbers numbers(int index) {
        Numbers known = numbers[index];
        return known != null ? known : (numbers[index] = new Numbers());
    }

    Texts texts(int index) {
        Texts known = texts[index];
        return known != null ? known : (texts[index] = new Texts());
    }

    Travelled journey(int index) {
        Travelled known = journeys[index];
        return known != null ? known : (journeys[index] = new Travelled());
    }

    /** The weight at an instant of what is kept by a half-life. */
    double weight(int k, long atMillis, long halfLifeMillis) {
        long age = atMillis - keptAtMillis[k];
        if (weightOfAgeMillis[k] != age) {
            weightOfAgeMillis[k] = age;
            weights[k] = Decay.weight(keptAtMillis[k], atMillis, halfLifeMillis);
        }
        return weights[k];
    }

    /** Counts one more of something at an instant. */
    void count(Counted what, long atMillis, List<Long> halfLivesMillis) {
        what.lastMillis = what.count == 0 ? atMillis : Math.max(what.lastMillis, atMillis);
        what.count++;
        for (int k = 0; k < recent.length; k++) {
            what.recent[k] += (float) Decay.weight(atMillis, keptAtMillis[k], halfLivesMillis.get(k));
        }
    }

    /** Moves all sums on when what happens now would outgrow them. */
    void keepUp(long atMillis, List<Long> halfLivesMillis) {
        boolean isUnused = events == 0 && Kept.present(signals) == 0;
        for (int k = 0; k < recent.length; k++) {
            long halfLife = halfLivesMillis.get(k);
            if (isUnused) {
                keptAtMillis[k] = atMillis;
                continue;
            }
            long halves = Decay.shift(keptAtMillis[k], atMillis, halfLife);
            if (halves > 0) {
                keptAtMillis[k] += halves * halfLife;
                recent[k] = Decay.lighter(recent[k], halves);
                lighten(types, k, halves);
                lighten(signals, k, halves);
            }
        }
    }

    private static void lighten(@Nullable Counted[] all, int k, long halves) {
        for (Counted each : all) {
            if (each != null) {
                each.recent[k] = Decay.lighter(each.recent[k], halves);
            }
        }
    }

    /** How tracks of a shape are kept. Only what occurred is written. */
    static Memory<Track> memory(Shape shape) {
        return new Kept(shape);
    }

    private record Kept(Shape shape) implements Memory<Track> {

        @Override
        public Track fresh() {
            return new Track(shape);
        }

        @Override
        public boolean isFresh(Track track) {
            return track.events == 0
                    && Arrays.stream(track.signals).allMatch(each -> each == null)
                    && Arrays.stream(track.journeys).allMatch(each -> each == null);
        }

        @Override
        public void write(Track track, Writer to) {
            to.count(track.events).whole(track.firstMillis).whole(track.lastMillis - track.firstMillis);
            to.whole(track.lastGapMillis).count(track.longestGapMillis);
            to.count(track.lastType + 1).count(track.typeBefore + 1);
            for (int k = 0; k < track.recent.length; k++) {
                to.whole(track.keptAtMillis[k] - track.firstMillis).decimal(track.recent[k]);
            }
            write(track.types, track.firstMillis, to);
            write(track.signals, track.firstMillis, to);
            to.count(present(track.numbers));
            for (int i = 0; i < track.numbers.length; i++) {
                Numbers each = track.numbers[i];
                if (each != null) {
                    each.write(to.count(i), track.firstMillis);
                }
            }
            to.count(present(track.texts));
            for (int i = 0; i < track.texts.length; i++) {
                Texts each = track.texts[i];
                if (each != null) {
                    each.write(to.count(i));
                }
            }
            to.count(present(track.journeys));
            for (int i = 0; i < track.journeys.length; i++) {
                Travelled each = track.journeys[i];
                if (each != null) {
                    to.count(i).count(each.started).count(each.moved).count(each.backwards);
                    to.count(each.reached).count(each.badly).whole(each.lastMillis - track.firstMillis);
                }
            }
        }

        private static void write(@Nullable Counted[] all, long firstMillis, Writer to) {
            to.count(present(all));
            for (int i = 0; i < all.length; i++) {
                Counted each = all[i];
                if (each != null) {
                    to.count(i).count(each.count).whole(each.lastMillis - firstMillis);
                    for (float sum : each.recent) {
                        to.decimal(sum);
                    }
                }
            }
        }

        private static int present(@Nullable Object[] all) {
            int present = 0;
            for (Object each : all) {
                present += each == null ? 0 : 1;
            }
            return present;
        }

        @Override
        public Track read(Reader from) {
            Track track = new Track(shape);
            track.events = from.size();
            track.firstMillis = from.whole();
            track.lastMillis = track.firstMillis + from.whole();
            track.lastGapMillis = from.whole();
            track.longestGapMillis = from.count();
            track.lastType = from.size() - 1;
            track.typeBefore = from.size() - 1;
            for (int k = 0; k < track.recent.length; k++) {
                track.keptAtMillis[k] = track.firstMillis + from.whole();
                track.recent[k] = from.decimal();
            }
            for (int n = from.size(); n > 0; n--) {
                read(track.type(from.size()), track.firstMillis, from);
            }
            for (int n = from.size(); n > 0; n--) {
                read(track.signal(from.size()), track.firstMillis, from);
            }
            for (int n = from.size(); n > 0; n--) {
                track.numbers(from.size()).read(from, track.firstMillis);
            }
            for (int n = from.size(); n > 0; n--) {
                track.texts(from.size()).read(from);
            }
            for (int n = from.size(); n > 0; n--) {
                Travelled each = track.journey(from.size());
                each.started = from.size();
                each.moved = from.size();
                each.backwards = from.size();
                each.reached = from.size();
                each.badly = from.size();
                each.lastMillis = track.firstMillis + from.whole();
            }
            return track;
        }

        private static void read(Counted into, long firstMillis, Reader from) {
            into.count = from.size();
            into.lastMillis = firstMillis + from.whole();
            for (int k = 0; k < into.recent.length; k++) {
                into.recent[k] = from.decimal();
            }
        }
    }
}
