package dev.forestall.acceptance.oracle;

import java.util.List;

/** What one signal is to say about one customer or one run, from the whole list of its events in the order of time. */
@FunctionalInterface
interface Oracle {

    /**
     * @param events of the customer, or of the run from its start to its end
     * @param truth where to put what is so
     */
    void tell(List<Happening> events, Truth truth);
}
