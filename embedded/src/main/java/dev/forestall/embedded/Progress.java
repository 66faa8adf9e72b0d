package dev.forestall.embedded;

import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the log up to some position amounts to: how far each source was read, how far time has come, and counts. Always computed from
 * the log, so that it is the same after any crash.
 */
public final class Progress {

    private static final int SCHEMA = 1;

    private final TreeMap<String, Source> sources = new TreeMap<>();
    /** The source read last, which most often is the one that is read next. */
    private @Nullable Source latest;

    private final TreeMap<String, Long> rejected = new TreeMap<>();
    private long latestMillis = Long.MIN_VALUE;
    private long earliestMillis = Long.MAX_VALUE;
    private long tickMillis = Long.MIN_VALUE;
    private long events;
    private long late;
    private long reports;
    private long tooLate;

    /** How far a source was read. */
    private static final class Source {
        final String name;
        long nextOrdinal;

        Source(String name) {
            this.name = name;
        }
    }

    /** Takes in one record of the log. */
    void saw(Logged logged) {
        switch (logged) {
            case Logged.Arrived arrived -> {
                happened(arrived.event().atMillis());
                read(arrived.origin());
            }
            case Logged.Rejection rejection -> {
                rejected.merge(rejection.rejected().code().code(), 1L, Long::sum);
                read(rejection.origin());
            }
            case Logged.Ticked ticked -> tickMillis = ticked.atMillis();
            case Logged.Unmerged unmerged -> read(unmerged.origin());
            case Logged.Reported reported -> {
                reports++;
                read(reported.origin());
            }
            case Logged.Erased erased -> read(erased.origin());
            case Logged.Unreadable unreadable -> {
                switch (unreadable.kind()) {
                    case EVENT -> happened(unreadable.atMillis());
                    case REPORT -> reports++;
                    case UNMERGE -> {}
                }
                read(unreadable.origin());
            }
            case Logged.Activated activated -> {}
            case Logged.Folded folded -> {}
        }
    }

    /** Takes in what was refused when it was settled who is who. */
    void refused(Rejected rejected) {
        this.rejected.merge(rejected.code().code(), 1L, Long::sum);
    }

    private void happened(long atMillis) {
        events++;
        latestMillis = Math.max(latestMillis, atMillis);
        earliestMillis = Math.min(earliestMillis, atMillis);
    }

    private void read(Origin origin) {
        if (origin.isReplayable()) {
            Source source = latest;
            if (source == null || !source.name.equals(origin.source())) {
                source = sources.computeIfAbsent(origin.source(), Source::new);
                latest = source;
            }
            source.nextOrdinal = Math.max(source.nextOrdinal, origin.ordinal() + 1);
        }
    }

    /** Takes in what has followed. */
    void came(Effect effect) {
        if (effect instanceof Effect.Decided decided && decided.decision().isTooLate()) {
            tooLate++;
        }
    }

    void late(long more) {
        late += more;
    }

    /** Where to read a source on: the ordinal of the first record that is not in the log. */
    public long nextOrdinal(String source) {
        Source known = latest;
        if (known == null || !known.name.equals(source)) {
            known = sources.get(source);
        }
        return known == null ? 0 : known.nextOrdinal;
    }

    /** The latest event time seen, or {@link Long#MIN_VALUE}. */
    public long latestMillis() {
        return latestMillis;
    }

    /** The earliest event time seen, or {@link Long#MAX_VALUE}. */
    public long earliestMillis() {
        return earliestMillis;
    }

    /** When time last passed for everyone, or {@link Long#MIN_VALUE}. */
    public long tickMillis() {
        return tickMillis;
    }

    public long events() {
        return events;
    }

    /** How many decisions did nothing because what they were about was too old when it came to be known. */
    public long tooLate() {
        return tooLate;
    }

    /** How many reports were taken in. */
    public long reports() {
        return reports;
    }

    /** Inputs that were older than something their subject had already seen. */
    public long late() {
        return late;
    }

    /** How much was rejected, by code; among it what was refused when it was settled who is who. */
    public SequencedMap<String, Long> rejected() {
        return Collections.unmodifiableSequencedMap(rejected);
    }

    Progress copy() {
        return read(write());
    }

    byte[] write() {
        Writer to = new Writer();
        to.count(SCHEMA)
                .whole(latestMillis)
                .whole(earliestMillis)
                .whole(tickMillis)
                .count(events)
                .count(late)
                .count(reports)
                .count(tooLate);
        to.count(sources.size());
        sources.forEach((name, source) -> to.text(name).count(source.nextOrdinal));
        to.count(rejected.size());
        rejected.forEach((code, count) -> to.text(code).count(count));
        return to.toBytes();
    }

    static Progress read(byte[] bytes) {
        Reader from = new Reader(bytes);
        int schema = from.size();
        if (schema != SCHEMA) {
            throw new IllegalStateException(
                    "progress of schema " + schema + ", but this version reads up to " + SCHEMA);
        }
        Progress progress = new Progress();
        progress.latestMillis = from.whole();
        progress.earliestMillis = from.whole();
        progress.tickMillis = from.whole();
        progress.events = from.count();
        progress.late = from.count();
        progress.reports = from.count();
        progress.tooLate = from.count();
        for (int left = from.size(); left > 0; left--) {
            Source source = new Source(from.text());
            source.nextOrdinal = from.count();
            progress.sources.put(source.name, source);
        }
        for (int left = from.size(); left > 0; left--) {
            progress.rejected.put(from.text(), from.count());
        }
        return progress;
    }
}
