package dev.forestall.loop.host;

import dev.forestall.loop.event.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What becomes of records that a sender hands over: all of them are taken, or none. */
public sealed interface Acceptance {

    /**
     * They are taken.
     *
     * @param durable answers when the log has them so that no loss of power takes them away; fails when the log does. What is not
     *     answered may be there all the same: to send it again does no harm
     */
    record Taken(CompletionStage<Receipt> durable) implements Acceptance {}

    /**
     * They are not taken, and nothing of them is kept.
     *
     * @param retryAfter how long to wait before sending the same again; zero when that is of no use
     */
    record Refused(Reason reason, String detail, Duration retryAfter) implements Acceptance {}

    /** Why records are not taken. */
    enum Reason {
        /** More wait already than there is room for: send them again later. */
        FULL,
        /** They are larger than all the room there is: send fewer at once. */
        TOO_MUCH,
        /** Nothing is taken any more: it is being closed. */
        CLOSED,
        /** Nothing is taken any more: it failed, and says with what. */
        FAILED
    }

    /**
     * That records are durable.
     *
     * @param position a token of the place in the log behind them
     * @param known which of them were in the log already, sent a second time, and were passed over: their places among the records that were
     *     handed over together, from 0, ascending
     * @param unusable reports among them that the record does not bear out; they are in the log as rejected
     */
    record Receipt(String position, List<Integer> known, List<Unusable> unusable) {
        public Receipt {
            known = List.copyOf(known);
            unusable = List.copyOf(unusable);
        }
    }

    /**
     * A report that could not be used.
     *
     * @param index among the records that were handed over together, from 0
     * @param rejected what is wrong with it
     */
    record Unusable(int index, Rejected rejected) {}
}
