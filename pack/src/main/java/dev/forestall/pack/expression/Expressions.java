package dev.forestall.pack.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.forestall.loop.expression.Vocabulary;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problem;
import dev.forestall.pack.problem.Problem.Severity;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles the expressions of one pack. For one thread. */
public final class Expressions {

    private final Names names;
    private final Problems problems;
    private final CelChecker checker;
    private @Nullable Vocabulary vocabulary;

    public Expressions(Names names, Problems problems) {
        this.names = names;
        this.problems = problems;
        this.checker = new CelChecker(names);
    }

    public Names names() {
        return names;
    }

    public Problems problems() {
        return problems;
    }

    /** From now on the types of all traits are known, and expressions may use variables. */
    public Vocabulary traitsAreKnown() {
        Vocabulary all = names.vocabulary();
        vocabulary = all;
        return all;
    }

    /**
     * Compiles one expression.
     *
     * @param text as it was written
     * @param path the keys that lead to it
     * @param site what it can ask for
     * @return nothing when it cannot be compiled; then there is a problem
     */
    public Optional<Compiled> compile(Scalar text, String path, Site site) {
        CelAbstractSyntaxTree tree = check(text, path);
        if (tree == null) {
            return Optional.empty();
        }
        return translate(tree, text, path, site);
    }

    /**
     * Compiles a condition for those events, of some types, at which it can hold.
     *
     * @param among the indexes of the event types that are possible at all
     */
    public Optional<Compiled> compileAtEvents(Scalar text, String path, Site.Stage stage, BitSet among) {
        CelAbstractSyntaxTree tree = check(text, path);
        Optional<Compiled> anywhere =
                tree == null ? Optional.empty() : translate(tree, text, path, Site.at(stage, among));
        if (tree == null || anywhere.isEmpty() || !isOf(anywhere.get(), text, path, Type.Sort.TRUTH)) {
            return Optional.empty();
        }
        BitSet types = anywhere.get().canHold(among);
        if (types.isEmpty()) {
            problems.error(
                    PackError.NEVER_MATCHES,
                    text.place(),
                    path,
                    "no event can ever meet " + text.described(),
                    "An event has one type, and only the properties declared for it");
            return Optional.empty();
        }
        return translate(tree, text, path, Site.at(stage, types));
    }

    private Optional<Compiled> translate(CelAbstractSyntaxTree tree, Scalar text, String path, Site site) {
        Lookups lookups = new Lookups(names, site, vocabulary);
        try {
            Value value = new Translator(names, site, lookups).translate(tree.getExpr());
            return Optional.of(new Compiled(value, tree.getExpr(), names, site, lookups));
        } catch (Refusal refusal) {
            if (refusal.isFollowing()) {
                return Optional.empty();
            }
            Integer offset = tree.getSource().getPositionsMap().get(refusal.expression());
            Place place = offset == null
                    ? text.place()
                    : tree.getSource()
                            .getOffsetLocation(offset)
                            .map(at -> place(text, at))
                            .orElse(text.place());
            problems.add(new Problem(
                    refusal.code(),
                    Severity.ERROR,
                    place,
                    path,
                    refusal.found(),
                    refusal.expected(),
                    refusal.nearest()));
            return Optional.empty();
        }
    }

    /** As {@link #compile}, and reports when it is not of the wanted sort. */
    public Optional<Compiled> compile(Scalar text, String path, Site site, Type.Sort... wanted) {
        return compile(text, path, site).filter(compiled -> isOf(compiled, text, path, wanted));
    }

    private boolean isOf(Compiled compiled, Scalar text, String path, Type.Sort... wanted) {
        Type type = compiled.type();
        for (Type.Sort sort : wanted) {
            if (type.sort() == sort) {
                return true;
            }
        }
        problems.error(
                PackError.WRONG_TYPE,
                text.place(),
                path,
                "this is " + type.described(),
                "Expected " + new Type(wanted[0], null).described());
        return false;
    }

    private @Nullable CelAbstractSyntaxTree check(Scalar text, String path) {
        if (text.text().length() > CelChecker.MAX_LENGTH) {
            problems.error(
                    PackError.TOO_LARGE,
                    text.place(),
                    path,
                    "the expression has " + text.text().length() + " characters",
                    "At most " + CelChecker.MAX_LENGTH + " are possible");
            return null;
        }
        CelValidationResult result = checker.check(text.text());
        if (!result.hasError()) {
            try {
                return result.getAst();
            } catch (CelValidationException impossible) {
                throw new IllegalStateException("a result without errors has no tree", impossible);
            }
        }
        for (CelIssue issue : result.getErrors()) {
            problems.add(Issues.problem(issue, text.text(), place(text, issue.getSourceLocation()), path, names));
        }
        return null;
    }

    /** Where a part of an expression stands in the file. Texts in quotes or over several lines are only found roughly. */
    private static Place place(Scalar text, CelSourceLocation location) {
        return location.getLine() > 1 || location.getColumn() < 0
                ? text.place()
                : text.textPlace().right(location.getColumn());
    }
}
