package dev.forestall.loop.host;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.loop.report.Report;

/** One record of the log of inputs. */
public sealed interface Logged {

    /** An event arrived. */
    record Arrived(Origin origin, Event event) implements Logged {}

    /**
     * Something arrived that could not be used. It stands in the log so that it is counted exactly once.
     *
     * @param raw as it arrived, as far as it is kept; it may hold personal data
     */
    record Rejection(Origin origin, Rejected rejected, String raw) implements Logged {}

    /**
     * Time passed for everyone: no event before {@code atMillis} is expected any more. Those who are silent are looked after, and
     * subjects hear what others told them.
     */
    record Ticked(long atMillis) implements Logged {}

    /**
     * Somebody said that two identifiers are not one customer. From here on the events before it do not join the two.
     *
     * @param origin {@link Origin#BY_HAND} when a person said so here
     */
    record Unmerged(Origin origin, Unmerge unmerge) implements Logged {}

    /** People, a channel or a workflow reported. */
    record Reported(Origin origin, Report report) implements Logged {}
}
