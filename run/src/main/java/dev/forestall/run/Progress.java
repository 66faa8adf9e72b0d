package dev.forestall.run;

import java.util.function.LongFunction;

/** Is told how far a long run is. Any thread may tell. */
public interface Progress {

    /**
     * Takes it in, or not: it is told far more often than anybody wants to read.
     *
     * @param doing what is being done now
     * @param share how much of it is done, 0 to 1; NaN when that is not known
     * @param figures how much that is, given for how many milliseconds this part has lasted
     */
    void at(String doing, double share, LongFunction<String> figures);
}
