package dev.forestall.loop;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.report.Report;

/** What can reach a subject. Each input stands at a position in the log. */
public sealed interface Input {

    /** Its place in the log, from 0. */
    long position();

    /**
     * How many inputs at the same position had effects on the same subject before this one: 0 for events. When time passes, a
     * subject may hear of it and of several messages, all at one position; this keeps the ids of their effects apart.
     */
    int part();

    /** Its time, in milliseconds since 1970 UTC. */
    long atMillis();

    /** Whether it is news or history. */
    Receipt receipt();

    /** Something happened to the subject, or it did something. */
    record EventReceived(long position, Event event, Receipt receipt) implements Input {

        /** Of history. */
        public EventReceived(long position, Event event) {
            this(position, event, Receipt.HISTORY);
        }

        @Override
        public int part() {
            return 0;
        }

        @Override
        public long atMillis() {
            return event.atMillis();
        }
    }

    /** Time has passed: every event before {@code atMillis} has been seen, from all sources, as far as can be known. */
    record TimeAdvanced(long position, int part, long atMillis, Receipt receipt) implements Input {

        /** In history. */
        public TimeAdvanced(long position, int part, long atMillis) {
            this(position, part, atMillis, Receipt.HISTORY);
        }
    }

    /**
     * Another subject told something.
     *
     * @param from who told it
     */
    record MessageReceived(long position, int part, long atMillis, SubjectId from, Message message, Receipt receipt)
            implements Input {

        /** In history. */
        public MessageReceived(long position, int part, long atMillis, SubjectId from, Message message) {
            this(position, part, atMillis, from, message, Receipt.HISTORY);
        }
    }

    /** People, a channel or a workflow reported on something that was said, or said something about the customer. */
    record ReportReceived(long position, Report report, Receipt receipt) implements Input {
        @Override
        public int part() {
            return 0;
        }

        @Override
        public long atMillis() {
            return report.atMillis();
        }
    }

    /** The same input as another part of its position. */
    default Input asPart(int part) {
        return switch (this) {
            case EventReceived received -> received;
            case ReportReceived received -> received;
            case TimeAdvanced advanced ->
                new TimeAdvanced(advanced.position, part, advanced.atMillis, advanced.receipt);
            case MessageReceived received ->
                new MessageReceived(
                        received.position, part, received.atMillis, received.from, received.message, received.receipt);
        };
    }
}
