package dev.forestall.run;

import dev.forestall.pack.BaselineLearner;
import dev.forestall.pack.Baselines;
import dev.forestall.pack.Pack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Replays a log in memory to learn from it what is usual. */
public final class Learning {

    private final BaselineLearner learner;
    private final HistoryRun run;

    private Learning(BaselineLearner learner, HistoryRun run) {
        this.learner = learner;
        this.run = run;
    }

    /**
     * @param mapping of the pack to read the log by; empty for the one that is meant for such a file
     * @param pack compiled for learning
     * @throws dev.forestall.connectors.files.WrongFile when the log cannot be read
     */
    public static Learning from(Path log, Optional<String> mapping, Pack pack, Progress progress) throws IOException {
        BaselineLearner learner = new BaselineLearner(pack);
        HistoryRun run = HistoryRun.over(
                log,
                mapping,
                pack,
                pack.definition(),
                effects -> effects.forEach(learner::after),
                "Learning from",
                progress);
        return new Learning(learner, run);
    }

    public Baselines learned(Baselines.Provenance provenance) {
        return learner.learned(provenance);
    }

    /** What was gone over. */
    public HistoryRun run() {
        return run;
    }
}
