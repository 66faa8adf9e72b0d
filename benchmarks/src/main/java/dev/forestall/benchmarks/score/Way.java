package dev.forestall.benchmarks.score;

/**
 * One way to an answer.
 *
 * @param name for the table
 * @param answer what it answers
 * @param rows how many rows one measurement takes
 * @param work goes through so many rows; the sum of what it found is only there so that nothing can be left out
 */
public record Way(String name, Answer answer, int rows, Work work) {

    /** What is answered; the first way to each is the library's, row by row. */
    public enum Answer {
        PROBABILITY,
        REASONS
    }

    /** Goes through rows. */
    @FunctionalInterface
    public interface Work {
        double through(int rows);
    }

    /** Seconds that it takes for one row. */
    public double secondsPerRow() {
        long start = System.nanoTime();
        double found = work.through(rows);
        long took = System.nanoTime() - start;
        if (Double.isNaN(found)) {
            throw new IllegalStateException(name + " found no number");
        }
        return took / 1e9 / rows;
    }
}
