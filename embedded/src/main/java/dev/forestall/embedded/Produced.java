package dev.forestall.embedded;

import dev.forestall.loop.Effect;
import dev.forestall.loop.event.SubjectId;
import java.util.Comparator;
import java.util.List;

/** The effects of one step. Ordered by the input's place in the log and then by subject, whoever was faster. */
record Produced(long position, SubjectId subject, List<Effect> effects) {

    static final Comparator<Produced> IN_ORDER =
            Comparator.comparingLong(Produced::position).thenComparing(Produced::subject);
}
