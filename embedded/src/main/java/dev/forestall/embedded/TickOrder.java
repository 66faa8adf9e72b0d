package dev.forestall.embedded;

import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.SubjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The order in which things happen when time passes for everyone. First customers and entities hear of it, whose messages of the time before
 * are then complete; these are delivered, and what is said in answer, until nobody says anything more; then cohorts are judged; then customers
 * hear of that. Of several inputs at one place in the log a subject's effects are told apart by a part, which is counted here.
 *
 * <p>It depends on the log alone, so that every run in this program, whatever its partitions, does the same.
 */
final class TickOrder {

    /** Subjects that answer each other at one tick: more rounds than this would be a circle. */
    private static final int MAX_ROUNDS = 16;

    private final Everyone everyone;

    TickOrder(Everyone everyone) {
        this.everyone = everyone;
    }

    /** All subjects of a run, and what they say. */
    interface Everyone {

        /**
         * Who wants to be woken before an instant, in the order of subjects.
         *
         * @param onWatermark of those who are judged behind all others, or of all others
         */
        List<SubjectId> due(long beforeMillis, boolean onWatermark);

        /** Lets an input reach a subject. Answers whether it had effects. */
        boolean step(SubjectId subject, Input input);

        /** A subject has said something because time had passed. */
        void woke(long position, SubjectId subject);

        /** Takes what was said and not delivered, in the order of the log. */
        List<Effect.SendMessage> takeMessages();

        /** Notes that a message is delivered. Answers who hears it: whoever bears the name by now. */
        SubjectId deliver(Effect.SendMessage send, Input.MessageReceived input);

        /** What external models answer. */
        List<Effect.SendMessage> answers(long position, List<Effect.SendMessage> questions);
    }

    /** Lets time pass up to an instant, as a record of the log at a position says. */
    void tick(long position, long atMillis, Receipt receipt) {
        Map<SubjectId, Integer> parts = new TreeMap<>();
        wake(position, atMillis, receipt, false, parts);
        exchange(position, receipt, parts);
        wake(position, atMillis, receipt, true, parts);
        exchange(position, receipt, parts);
    }

    private void wake(
            long position, long atMillis, Receipt receipt, boolean onWatermark, Map<SubjectId, Integer> parts) {
        for (SubjectId subject : everyone.due(atMillis, onWatermark)) {
            int part = parts.getOrDefault(subject, 0);
            if (step(subject, new Input.TimeAdvanced(position, part, atMillis, receipt), parts)) {
                everyone.woke(position, subject);
            }
        }
    }

    private void exchange(long position, Receipt receipt, Map<SubjectId, Integer> parts) {
        List<Effect.SendMessage> said = everyone.takeMessages();
        for (int round = 0; !said.isEmpty(); round++) {
            if (round == MAX_ROUNDS) {
                throw new IllegalStateException("subjects tell each other without end at position " + position);
            }
            List<Effect.SendMessage> questions = new ArrayList<>();
            for (Effect.SendMessage each : said) {
                if (each.to().isModel()) {
                    questions.add(each);
                } else {
                    hear(position, each, receipt, parts);
                }
            }
            said = new ArrayList<>(everyone.takeMessages());
            if (!questions.isEmpty()) {
                said.addAll(everyone.answers(position, questions));
            }
        }
    }

    private void hear(long position, Effect.SendMessage send, Receipt receipt, Map<SubjectId, Integer> parts) {
        Input.MessageReceived input =
                new Input.MessageReceived(position, 0, send.atMillis(), send.subject(), send.message(), receipt);
        SubjectId to = everyone.deliver(send, input);
        step(to, input.asPart(parts.getOrDefault(to, 0)), parts);
    }

    private boolean step(SubjectId subject, Input input, Map<SubjectId, Integer> parts) {
        boolean hadEffects = everyone.step(subject, input);
        if (hadEffects) {
            parts.merge(subject, 1, Integer::sum);
        }
        return hadEffects;
    }
}
