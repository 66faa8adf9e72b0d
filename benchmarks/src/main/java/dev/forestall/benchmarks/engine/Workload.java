package dev.forestall.benchmarks.engine;

import dev.forestall.benchmarks.stream.Activity;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** The stream as an engine is given it. */
public interface Workload {

    /** In what form the events come. */
    enum Form {
        /** Activities in memory, in the order of arrival. */
        OBJECTS,
        /** Files of JSON lines in the page cache, in the order of arrival; reading and parsing is part of the work. */
        JSON,
        /** Activities in memory, in event-time order, each released when it is due. */
        PACED
    }

    Form form();

    /**
     * One part of the stream by customer, in the order of arrival, as objects. From JSON they are parsed as the iterator
     * advances; when paced, the iterator waits. Each call begins anew.
     */
    Iterator<Activity> arrivals(int part, int parts);

    /** The same, put into event-time order by a buffer of the stream's lateness. */
    default Iterator<Activity> inEventTime(int part, int parts) {
        var arrivals = arrivals(part, parts);
        return form() == Form.PACED ? arrivals : new EventTimeOrder<>(arrivals, Activity::at);
    }

    /** The JSON files, one per part; for engines that bring their own reader. */
    List<Path> files(int parts);

    /** A folder for what an engine writes, on the same disk as the files; emptied before each process. */
    Path scratch();

    /** How fast events come, for engines that read their own objects. */
    Pace pace();
}
