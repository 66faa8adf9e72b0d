package dev.forestall.acceptance.oracle;

import dev.forestall.loop.Definition;
import dev.forestall.testkit.Dice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * A signal as declared to the loop, and what the oracle holds of it.
 *
 * @param text the declaration, for people
 * @param definition as the loop knows it
 * @param truth as the oracle knows it
 * @param shape of streams that are worth trying
 */
record Declared(String text, Definition definition, Truths truth, Streams.Shape shape) {

    /** Everything that is to be said about all customers, as far as a horizon. */
    @FunctionalInterface
    interface Truths {
        List<Said> of(List<Happening> inTime, long horizon);
    }

    /** A signal declared at random. */
    @FunctionalInterface
    interface Family {
        Declared any(Dice dice);
    }

    /** What the oracle says of a stream, sorted. */
    List<Said> truthOf(List<Happening> arrivals) {
        List<Said> said = new ArrayList<>(truth.of(Happening.sorted(arrivals), Happening.latest(arrivals)));
        Collections.sort(said);
        return said;
    }

    /** Customers one by one. */
    static Truths ofCustomers(Oracle oracle) {
        return (events, horizon) -> {
            List<Said> said = new ArrayList<>();
            for (String customer : customers(events)) {
                oracle.tell(of(events, customer), new Truth(said, customer, "", horizon));
            }
            return said;
        };
    }

    /** Runs of customers one by one. */
    static Truths ofRuns(RunOracles.OfRun oracle, Run.Shape shape) {
        return (events, horizon) -> {
            List<Said> said = new ArrayList<>();
            for (String customer : customers(events)) {
                for (Run run : Run.of(of(events, customer), shape, horizon)) {
                    oracle.tell(run, new Truth(said, customer, run.key(), horizon));
                }
            }
            return said;
        };
    }

    static List<String> customers(List<Happening> events) {
        return List.copyOf(
                new TreeSet<>(events.stream().map(Happening::customer).toList()));
    }

    private static List<Happening> of(List<Happening> events, String customer) {
        return events.stream().filter(each -> each.customer().equals(customer)).toList();
    }
}
