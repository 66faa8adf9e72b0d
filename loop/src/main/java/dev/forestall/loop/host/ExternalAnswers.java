package dev.forestall.loop.host;

import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Draw;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.reason.DrawnShares;
import dev.forestall.loop.risk.Asking;
import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.RiskError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Asks external models what customers' moments ask of them, and why. Hosts collect the questions and ask them at a tick, all at once; the
 * answers then reach the customers like any other message, and are kept like these: whoever is worked out from the log later hears
 * what was answered then, and no model is asked again. For one thread.
 */
public final class ExternalAnswers implements Asking {

    /** Of definitions without external models. */
    public static final ExternalAnswers NONE = new ExternalAnswers(List.of(), new TreeMap<>());

    private final SortedMap<String, Fitted> fitted = new TreeMap<>();
    private final SortedMap<String, ExternalModel> models;

    /**
     * @param fitted the external models that a definition answers by
     * @param models by the names of the models
     */
    public ExternalAnswers(Collection<Fitted> fitted, SortedMap<String, ExternalModel> models) {
        fitted.forEach(each -> this.fitted.put(each.model(), each));
        this.models = models;
    }

    /** The names of the models that are needed and not there. */
    public List<String> missing() {
        return fitted.keySet().stream()
                .filter(name -> !models.containsKey(name))
                .toList();
    }

    /**
     * Asks all questions of one tick.
     *
     * @param position of the tick in the log
     * @param first how many answers were given at the tick before
     * @param refused is told of each question that a model could not answer
     * @return the answers, in the order of the questions, each to whom asked
     */
    public List<Effect.SendMessage> answers(
            long position, int first, List<Effect.SendMessage> questions, Consumer<Rejected> refused) {
        List<Effect.SendMessage> answers = new ArrayList<>();
        SortedMap<String, List<Effect.SendMessage>> byModel = new TreeMap<>();
        for (Effect.SendMessage each : questions) {
            byModel.computeIfAbsent(question(each).model(), name -> new ArrayList<>())
                    .add(each);
        }
        byModel.forEach((name, asked) -> {
            double[] probabilities = probabilities(name, asked, refused);
            for (int i = 0; i < asked.size(); i++) {
                if (!Double.isNaN(probabilities[i])) {
                    Effect.SendMessage each = asked.get(i);
                    EffectId id = new EffectId(SubjectId.model(name), position, first + answers.size());
                    Message.Answer answer = answer(question(each), each.id(), probabilities[i], refused);
                    answers.add(new Effect.SendMessage(id, each.atMillis(), each.subject(), answer));
                }
            }
        });
        return answers;
    }

    @Override
    public Message.Answer answer(Message.Question question, EffectId id) {
        double probability = model(question.model()).probabilities(new float[][] {question.values()})[0];
        return explained(question, id, probability);
    }

    @Override
    public double logOdds(String model, float[] row) {
        return model(model).logOdds(new float[][] {row})[0];
    }

    private ExternalModel model(String name) {
        ExternalModel model = models.get(name);
        if (model == null) {
            throw new IllegalStateException("model " + name + " is to be asked, and was not given");
        }
        return model;
    }

    private static Message.Question question(Effect.SendMessage send) {
        return (Message.Question) send.message();
    }

    /** All at once; if that fails, one by one, so that one row that a model cannot bear takes no other with it. NaN for no answer. */
    private double[] probabilities(String name, List<Effect.SendMessage> asked, Consumer<Rejected> refused) {
        float[][] rows = asked.stream().map(each -> question(each).values()).toArray(float[][]::new);
        try {
            return model(name).probabilities(rows);
        } catch (IllegalStateException failed) {
            double[] probabilities = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                try {
                    probabilities[i] = model(name).probabilities(new float[][] {rows[i]})[0];
                } catch (IllegalStateException again) {
                    probabilities[i] = Double.NaN;
                    refused.accept(notAnswered(question(asked.get(i)), "how likely it is: " + again.getMessage()));
                }
            }
            return probabilities;
        }
    }

    private Message.Answer answer(
            Message.Question question, EffectId id, double probability, Consumer<Rejected> refused) {
        if (probability >= question.explainFrom()) {
            try {
                return explained(question, id, probability);
            } catch (IllegalStateException failed) {
                refused.accept(notAnswered(question, "why it answered as it did: " + failed.getMessage()));
            }
        }
        return new Message.Answer(
                question.prediction(), question.model(), id, probability, List.of(), Double.NaN, List.of());
    }

    private static Rejected notAnswered(Message.Question question, String detail) {
        return new Rejected(
                RiskError.NOT_ANSWERED,
                question.prediction(),
                "model " + question.model() + " of " + question.prediction() + " cannot say " + detail);
    }

    private Message.Answer explained(Message.Question question, EffectId id, double probability) {
        Fitted its = fitted.get(question.model());
        if (its == null) {
            throw new IllegalStateException("model " + question.model() + " is none of the definition's");
        }
        DrawnShares.Found found = DrawnShares.of(
                question.values(), its.usual(), model(question.model())::logOdds, Draw.hash("explain", id.toString()));
        List<Double> moved = new ArrayList<>();
        for (double each : found.moved()) {
            moved.add(each);
        }
        return new Message.Answer(
                question.prediction(), question.model(), id, probability, question.row(), found.base(), moved);
    }
}
