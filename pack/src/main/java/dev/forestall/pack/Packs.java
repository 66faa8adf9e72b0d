package dev.forestall.pack;

import dev.forestall.pack.model.Models;
import dev.forestall.pack.problem.Problem;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks and compiles packs. A pack is a folder with a {@code pack.yaml} and further YAML files, or a single file. */
public final class Packs {

    private Packs() {}

    /**
     * What a check found.
     *
     * @param pack the compiled pack, when there are no errors
     * @param problems all problems, errors and warnings, in the order in which they stand in the files
     */
    public record Checked(Optional<Pack> pack, List<Problem> problems) {}

    /** Finds all problems of a pack at once. Whatever the files hold, this is no exception. */
    public static Checked check(Path pack) {
        Problems problems = new Problems();
        return compile(Source.read(pack, problems), pack.toString(), false, Optional.of(Models.of(pack)), problems);
    }

    /** As {@link #check}, for one to learn baselines with: what is to be learned need not be known yet. */
    public static Checked checkForLearning(Path pack) {
        Problems problems = new Problems();
        return compile(Source.read(pack, problems), pack.toString(), true, Optional.empty(), problems);
    }

    /** As {@link #check}, without the models that were learned before: for one to learn models with. */
    public static Checked checkWithoutModels(Path pack) {
        Problems problems = new Problems();
        Source source = Source.read(pack, problems);
        return source == null
                ? new Checked(Optional.empty(), problems.sorted())
                : compile(source, pack.toString(), false, Optional.empty(), problems);
    }

    /** As {@link #check}, of a pack that is one text, without baselines. */
    public static Checked checkText(String text) {
        Problems problems = new Problems();
        return compile(Source.ofText(text, null, problems), "PACK", false, Optional.empty(), problems);
    }

    /** As {@link #checkForLearning}, of a pack that is one text. */
    public static Checked checkTextForLearning(String text) {
        Problems problems = new Problems();
        return compile(Source.ofText(text, null, problems), "PACK", true, Optional.empty(), problems);
    }

    /**
     * Compiles a pack.
     *
     * @throws PackException when it has errors
     */
    public static Pack compile(Path pack) throws PackException {
        return orThrow(check(pack));
    }

    /**
     * Compiles a pack to learn its baselines: detectors wait for ever where the wait is to be learned and report what they measure,
     * cohorts count and never fire.
     *
     * @throws PackException when it has errors
     */
    public static Pack compileForLearning(Path pack) throws PackException {
        return orThrow(checkForLearning(pack));
    }

    /**
     * Compiles a pack without the models that were learned before.
     *
     * @throws PackException when it has errors
     */
    public static Pack compileWithoutModels(Path pack) throws PackException {
        return orThrow(checkWithoutModels(pack));
    }

    /**
     * Compiles a pack that is one text, without baselines.
     *
     * @throws PackException when it has errors
     */
    public static Pack compileText(String text) throws PackException {
        return orThrow(checkText(text));
    }

    private static Pack orThrow(Checked checked) throws PackException {
        return checked.pack().orElseThrow(() -> new PackException(checked.problems()));
    }

    private static Checked compile(
            @Nullable Source source, String path, boolean isLearning, Optional<Models> models, Problems problems) {
        Optional<Pack> pack =
                source == null ? Optional.empty() : new Compiler(source, path, isLearning, models, problems).compile();
        return new Checked(pack, problems.sorted());
    }
}
