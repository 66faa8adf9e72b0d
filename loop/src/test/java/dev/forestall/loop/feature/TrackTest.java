package dev.forestall.loop.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.feature.Track.Shape;
import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrackTest {

    private static final long DAY = 86_400_000;
    private static final List<Long> HALF_LIVES = List.of(DAY, 7 * DAY);
    private static final Shape SHAPE = new Shape(3, 2, 2, 2, 2, HALF_LIVES);
    private static final Memory<Track> MEMORY = Track.memory(SHAPE);

    @Test
    void a_track_that_was_written_and_read_is_the_same_and_writes_the_same_bytes() {
        for (long seed = 1; seed <= 300; seed++) {
            Track track = lived(new Random(seed));
            byte[] written = bytes(track);
            Track read = MEMORY.read(new Reader(written));
            assertThat(bytes(read)).as("seed %s", seed).isEqualTo(written);
            assertThat(read)
                    .as("seed %s", seed)
                    .usingRecursiveComparison()
                    .withComparatorForType(Double::compare, Double.class)
                    .withComparatorForType(Float::compare, Float.class)
                    .ignoringFields("texts.values", "texts.times")
                    .isEqualTo(track);
            assertThat(MEMORY.isFresh(read)).as("seed %s", seed).isEqualTo(MEMORY.isFresh(track));
        }
    }

    @Test
    void a_track_that_was_written_and_read_goes_on_as_if_it_had_not_been() {
        for (long seed = 1; seed <= 100; seed++) {
            Track track = lived(new Random(seed));
            Track read = MEMORY.read(new Reader(bytes(track)));
            live(track, new Random(-seed), 30);
            live(read, new Random(-seed), 30);
            assertThat(bytes(read)).as("seed %s", seed).isEqualTo(bytes(track));
        }
    }

    @Test
    void more_different_texts_than_are_told_apart_are_counted_together_and_the_last_is_still_known() {
        Track track = new Track(SHAPE);
        Texts texts = track.texts(0);
        for (int i = 0; i < Texts.MAX_DISTINCT + 5; i++) {
            texts.add("value " + i, i);
        }
        Texts read = MEMORY.read(new Reader(bytes(track))).texts(0);
        assertThat(read.last).isEqualTo("value " + (Texts.MAX_DISTINCT + 4));
        assertThat(read.first).isEqualTo("value 0");
        assertThat(read.distinct).isEqualTo(Texts.MAX_DISTINCT);
        assertThat(read.others).isEqualTo(5);
        assertThat(read.n).isEqualTo(Texts.MAX_DISTINCT + 5);
        assertThat(read.changes).isEqualTo(Texts.MAX_DISTINCT + 4);
    }

    @Test
    void only_a_track_on_which_nothing_happened_is_fresh() {
        assertThat(MEMORY.isFresh(MEMORY.fresh())).isTrue();
        Track event = new Track(SHAPE);
        event.events++;
        assertThat(MEMORY.isFresh(event)).isFalse();
        Track signal = new Track(SHAPE);
        signal.signal(1);
        assertThat(MEMORY.isFresh(signal)).isFalse();
        Track journey = new Track(SHAPE);
        journey.journey(0);
        assertThat(MEMORY.isFresh(journey)).isFalse();
    }

    private static byte[] bytes(Track track) {
        Writer to = new Writer();
        MEMORY.write(track, to);
        return to.toBytes();
    }

    private static Track lived(Random random) {
        Track track = new Track(SHAPE);
        live(track, random, random.nextInt(120));
        return track;
    }

    /** So many moments as the feature stage takes them up: events, some of them late, signals and transitions of journeys. */
    private static void live(Track track, Random random, int moments) {
        long at = track.events == 0 ? random.nextLong(-1_000 * DAY, 20_000 * DAY) : track.lastMillis;
        for (int i = 0; i < moments; i++) {
            at += random.nextInt(4) == 0
                    ? -random.nextLong(DAY)
                    : random.nextLong(random.nextBoolean() ? 90 * DAY : 9_000);
            track.keepUp(at, HALF_LIVES);
            switch (random.nextInt(6)) {
                case 0 -> track.count(track.signal(random.nextInt(2)), at, HALF_LIVES);
                case 1 -> transitioned(track, random, at);
                default -> happened(track, random, at);
            }
        }
    }

    private static void happened(Track track, Random random, long at) {
        int type = random.nextInt(3);
        if (track.events == 0) {
            track.firstMillis = at;
            track.lastMillis = at;
            track.lastType = type;
        } else if (at >= track.lastMillis) {
            track.lastGapMillis = at - track.lastMillis;
            track.longestGapMillis = Math.max(track.longestGapMillis, track.lastGapMillis);
            track.lastMillis = at;
            track.typeBefore = track.lastType;
            track.lastType = type;
        }
        track.events++;
        for (int k = 0; k < HALF_LIVES.size(); k++) {
            track.recent[k] += (float) Decay.weight(at, track.keptAtMillis[k], HALF_LIVES.get(k));
        }
        track.count(track.type(type), at, HALF_LIVES);
        if (random.nextBoolean()) {
            double value = random.nextBoolean() ? random.nextInt(100) : random.nextGaussian() * 1e6;
            track.numbers(random.nextInt(2)).add(value, at, track.firstMillis);
        }
        if (random.nextBoolean()) {
            int length = random.nextInt(10) == 0 ? 80 : random.nextInt(3);
            String text = "é" + random.nextInt(60) + "x".repeat(length);
            track.texts(random.nextInt(2)).add(text, at);
        }
    }

    private static void transitioned(Track track, Random random, long at) {
        Track.Travelled journey = track.journey(random.nextInt(2));
        journey.lastMillis = at;
        switch (random.nextInt(4)) {
            case 0 -> journey.started++;
            case 1 -> {
                journey.moved++;
                journey.backwards += random.nextInt(2);
            }
            case 2 -> journey.reached++;
            default -> journey.badly++;
        }
    }
}
