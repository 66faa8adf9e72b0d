package dev.forestall.views.report;

import dev.forestall.loop.event.SubjectId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All subjects that are followed, never more than a limit: with more, the sample is thinned. */
final class Crowd {

    /** With so many, some 60 MB are used. */
    static final int USUAL_LIMIT = 1 << 18;

    private final int limit;
    private final Sample sample = new Sample();
    private final Map<Long, Followed> byDraw = new HashMap<>();

    Crowd(int limit) {
        this.limit = limit;
    }

    /** The one of that id, followed from now on if it was not; null when it is not in the sample. */
    @Nullable
    Followed follow(SubjectId subject) {
        long draw = Sample.draw(subject);
        if (!sample.has(draw)) {
            return null;
        }
        Followed followed = byDraw.get(draw);
        if (followed != null) {
            return followed;
        }
        while (byDraw.size() >= limit) {
            sample.thin();
            byDraw.keySet().removeIf(each -> !sample.has(each));
        }
        if (!sample.has(draw)) {
            return null;
        }
        followed = new Followed(Sample.levelOf(draw));
        byDraw.put(draw, followed);
        return followed;
    }

    /** In no particular order. */
    Collection<Followed> all() {
        return byDraw.values();
    }

    Sample sample() {
        return sample;
    }
}
