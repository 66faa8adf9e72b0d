package dev.forestall.cli.command;

import dev.forestall.learning.drift.CalibrationDrift;
import dev.forestall.learning.drift.InputDrift;
import dev.forestall.learning.judge.Estimate;
import dev.forestall.learning.judge.Figures;
import dev.forestall.pack.model.Models.Entry;
import dev.forestall.pack.model.SavedModel;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found about a champion behind the time that it was learned from.
 *
 * @param champion where it stands
 * @param model what it is
 * @param moments fresh ones, of which it is known what came
 * @param outcomes how many of these have the outcome
 * @param customers of how many customers they are
 * @param now how good it is on them; empty when there are too few to say
 * @param inputs which have moved, the surest first; empty when none could be compared
 * @param hasReference whether it is known how its inputs lay in training
 * @param bets whether its probabilities still hold
 * @param rivals the models that wait beside it, on the same moments
 * @param dueForMillis how long it has been due to be learned anew; below 0 when it is not yet, or never
 */
record Monitored(
        Entry champion,
        SavedModel model,
        int moments,
        int outcomes,
        int customers,
        List<Now> now,
        List<InputDrift.Moved> inputs,
        boolean hasReference,
        CalibrationDrift.Found bets,
        List<Rival> rivals,
        long dueForMillis) {

    /** So many inputs are named; what moves one moves others too. */
    private static final int NAMED = 3;

    /** How good it is, with intervals drawn by customer. */
    record Now(Estimate auc, Estimate logLoss) {}

    /** Another model of the same prediction. */
    record Rival(Entry entry, Figures figures, Estimate logLossMore) {}

    boolean isDue() {
        return dueForMillis >= 0;
    }

    /** Everything that is no longer as it was, in words; empty when all is calm. */
    List<String> alarms() {
        List<String> alarms = new ArrayList<>();
        List<InputDrift.Moved> moved =
                inputs.stream().filter(InputDrift.Moved::isAlarm).toList();
        moved.stream().limit(NAMED).forEach(each -> alarms.add(each.words() + " lies otherwise than in training"));
        if (moved.size() > NAMED) {
            alarms.add("so do " + (moved.size() - NAMED) + " more of the " + inputs.size() + " things it looks at");
        }
        if (bets.isAlarm()) {
            alarms.add("its probabilities are " + bets.how().words());
        }
        return alarms;
    }
}
