package dev.forestall.server.api;

/** Ends a request: what was asked for is not done, and the answer says why. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ProblemJson problem;

    Problem(ProblemJson problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    ProblemJson problem() {
        return problem;
    }
}
