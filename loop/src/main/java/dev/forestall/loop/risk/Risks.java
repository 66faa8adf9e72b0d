package dev.forestall.loop.risk;

import dev.forestall.loop.event.Draw;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Message.Addressed;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.expression.Variable;
import dev.forestall.loop.feature.FeatureSpace;
import dev.forestall.loop.feature.Features;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The risk stage: answers each predictive question whenever it is asked, with the model that was learned for it; or, while something
 * is to be learned, says what was known and what came of it. Immutable.
 */
public final class Risks {

    /** No probability is as high. */
    private static final double NEVER_EXPLAINED = 2;

    private final Features features;
    private final List<Placed> placed = new ArrayList<>();
    /** What is read of each moment while samples are taken; null in a live definition. */
    private final @Nullable FeatureSpace sampled;

    private final Currency currency;

    /**
     * @param champions at most one for each prediction; a prediction without one has no probability
     * @param challengers at most one for each prediction that has a champion
     * @param sampled what to read of each moment when samples are taken instead of answers given; null for answers
     * @param currency of what is at stake
     */
    public Risks(
            List<Prediction> predictions,
            List<Model> champions,
            List<Model> challengers,
            Features features,
            @Nullable FeatureSpace sampled,
            Currency currency,
            Slots slots) {
        this.features = features;
        this.sampled = sampled;
        this.currency = currency;
        for (Prediction prediction : predictions) {
            placed.add(new Placed(
                    prediction,
                    of(prediction, champions),
                    of(prediction, challengers),
                    slots.next("prediction." + prediction.name(), Assessed.MEMORY)));
        }
    }

    private static @Nullable Model of(Prediction prediction, List<Model> models) {
        return models.stream()
                .filter(each -> each.fitted().prediction().equals(prediction.name()))
                .findFirst()
                .orElse(null);
    }

    /** Whether there is nothing to do: no prediction has a model, and no samples are taken. */
    public boolean areNone() {
        return sampled == null && placed.stream().allMatch(each -> each.champion == null);
    }

    /** Whether a question is asked about a customer as they are at the moment. */
    public boolean isAsked(Moment moment, String prediction) {
        return placed.stream()
                .anyMatch(each -> each.prediction.name().equals(prediction)
                        && each.prediction.population().holds(moment));
    }

    public List<Prediction> all() {
        return placed.stream().map(Placed::prediction).toList();
    }

    /** Whether any model answers a prediction. */
    public boolean isAnswered(String prediction) {
        return placed.stream().anyMatch(each -> each.prediction.name().equals(prediction) && each.champion != null);
    }

    /** The model that answers a prediction of a customer: the champion, or of a share of them the challenger. */
    public Optional<Model> model(String prediction, SubjectId customer) {
        return placed.stream()
                .filter(each -> each.prediction.name().equals(prediction))
                .flatMap(each -> Stream.ofNullable(each.model(customer)))
                .findFirst();
    }

    /** What conditions may ask: the latest probability of each prediction. */
    public List<Variable> variables() {
        return List.copyOf(placed);
    }

    /**
     * Asks what the moment gives reason to ask.
     *
     * @param row room for the features of any model, see {@link #width}
     */
    public void after(Moment moment, @Nullable Event event, float[] row, RiskFindings findings) {
        List<Transition> transitions = findings.transitions();
        List<Signal> signals = findings.signals();
        List<Risk> risks = findings.risks();
        List<Sample> samples = findings.samples();
        if (!moment.subject().isCustomer()) {
            return;
        }
        for (Placed each : placed) {
            if (sampled != null) {
                came(each, moment, event, transitions, samples);
            } else if (each.champion == null) {
                continue;
            }
            boolean isDue = event == null && moment.cells().wakeOf(each.slot, "") <= moment.atMillis();
            if (isDue || isAsked(each.prediction.scoreAt(), event, transitions, signals)) {
                ask(each, moment, event, row, findings);
                continue;
            }
            if (!transitions.isEmpty()) {
                endWhenOver(each, moment, risks);
            }
            awaitFixedTime(each, moment);
        }
    }

    /** The latest probability of each prediction that has one at the moment. */
    public List<KnownRisk> known(Moment moment) {
        List<KnownRisk> known = List.of();
        for (Placed each : placed) {
            Assessed assessed = each.champion == null ? null : moment.cells().find(each.slot, "");
            Model model = assessed == null || Double.isNaN(assessed.probability) ? null : each.model(moment.subject());
            if (assessed != null && model != null) {
                known = known.isEmpty() ? new ArrayList<>() : known;
                double level =
                        assessed.level() == 0 ? 0 : each.prediction.levels().get(assessed.level() - 1);
                known.add(new KnownRisk(
                        each.prediction.name(), model.name(), new Probability(assessed.probability), level));
            }
        }
        return known;
    }

    /** The largest number of features that any model or sample has. */
    public int width() {
        int width = sampled == null ? 0 : sampled.size();
        for (Placed each : placed) {
            width = Math.max(width, Math.max(size(each.champion), size(each.challenger)));
        }
        return width;
    }

    private static int size(@Nullable Model model) {
        return model == null ? 0 : model.space().size();
    }

    private static boolean isAsked(
            Moments moments, @Nullable Event event, List<Transition> transitions, List<Signal> signals) {
        if (event != null && moments.eachEvent()) {
            return true;
        }
        if (!moments.steps().isEmpty()) {
            for (Transition transition : transitions) {
                if (!transition.to().isEmpty()
                        && moments.steps().contains(transition.journey() + "." + transition.to())) {
                    return true;
                }
            }
        }
        if (!moments.signals().isEmpty()) {
            for (Signal signal : signals) {
                if (signal instanceof Signal.Raised && moments.signals().contains(signal.name())) {
                    return true;
                }
            }
        }
        return false;
    }

    private void ask(Placed each, Moment moment, @Nullable Event event, float[] row, RiskFindings findings) {
        List<Risk> risks = findings.risks();
        Prediction prediction = each.prediction;
        Assessed assessed = moment.cells().find(each.slot, "");
        boolean isMeant = prediction.population().holds(moment)
                && (prediction.scoreAt().first() == 0
                        || assessed == null
                        || assessed.asked < prediction.scoreAt().first());
        if (!isMeant) {
            if (assessed != null) {
                over(each, moment, assessed, risks);
            }
            return;
        }
        Assessed now = assessed == null ? moment.cells().open(each.slot, "") : assessed;
        now.asked = prediction.scoreAt().first() == 0 ? 1 : now.asked + 1;
        long every = prediction.scoreAt().everyMillis();
        if (every > 0) {
            wakeAtNext(each, moment, every);
        }
        if (sampled != null) {
            findings.samples().add(taken(prediction, moment, event, sampled));
            return;
        }
        Model model = each.model(moment.subject());
        if (model != null) {
            features.read(moment, model.space(), row);
            if (model.isExternal()) {
                findings.messages()
                        .add(new Addressed(
                                SubjectId.model(model.name()), model.question(row, explainFrom(prediction))));
            } else {
                answer(each, model, moment, now, model.scorer().probability(row), risks);
            }
        }
    }

    private static double explainFrom(Prediction prediction) {
        return prediction.levels().isEmpty()
                ? NEVER_EXPLAINED
                : prediction.levels().getFirst();
    }

    /** Takes what a model that was asked outside has answered, unless the question is over by now. */
    public void received(Moment moment, Message.Answer answer, RiskFindings findings) {
        List<Risk> risks = findings.risks();
        for (Placed each : placed) {
            Model model = each.model(moment.subject());
            Assessed assessed = moment.cells().find(each.slot, "");
            if (model != null
                    && assessed != null
                    && each.prediction.name().equals(answer.prediction())
                    && model.name().equals(answer.model())
                    && each.prediction.population().holds(moment)) {
                answer(each, model, moment, moment.cells().open(each.slot, ""), answer.probability(), risks);
            }
        }
    }

    /** The models that have to be asked outside. */
    public List<Fitted> external() {
        return placed.stream()
                .flatMap(each -> Stream.of(each.champion, each.challenger))
                .flatMap(Stream::ofNullable)
                .map(Model::fitted)
                .filter(Fitted::isExternal)
                .toList();
    }

    /** Who has become one of those it is about is asked at the next fixed time, though nothing else gives reason to ask them. */
    private static void awaitFixedTime(Placed each, Moment moment) {
        Moments moments = each.prediction.scoreAt();
        if (moments.everyMillis() == 0
                || moment.cells().wakeOf(each.slot, "") != Cells.NEVER
                || !each.prediction.population().holds(moment)) {
            return;
        }
        Assessed assessed = moment.cells().open(each.slot, "");
        if (moments.first() == 0 || assessed.asked < moments.first()) {
            wakeAtNext(each, moment, moments.everyMillis());
        }
    }

    private static void wakeAtNext(Placed each, Moment moment, long everyMillis) {
        moment.cells().wake(each.slot, "", (Math.floorDiv(moment.nowMillis(), everyMillis) + 1) * everyMillis);
    }

    private Sample taken(Prediction prediction, Moment moment, @Nullable Event event, FeatureSpace space) {
        float[] row = new float[space.size()];
        features.read(moment, space, row);
        Truth label = event != null && prediction.target() instanceof Question.Labelled labelled
                ? labelled.positive().test(moment)
                : Truth.UNKNOWN;
        return new Sample.Taken(
                moment.nextEffect(), prediction.name(), moment.nowMillis(), row, features.texts(moment), label);
    }

    private void answer(
            Placed each, Model model, Moment moment, Assessed assessed, double probability, List<Risk> risks) {
        List<Double> levels = each.prediction.levels();
        int level = 0;
        while (level < levels.size() && probability >= levels.get(level)) {
            level++;
        }
        assessed.probability = probability;
        assessed.atMillis = moment.nowMillis();
        while (assessed.level() < level) {
            EffectId id = moment.nextEffect();
            risks.add(risk(each, model, id, Risk.Change.ROSE, moment, probability, id, moment.nowMillis()));
            assessed.rise(id, moment.nowMillis());
        }
        while (assessed.level() > level) {
            fall(each, model, moment, assessed, Risk.Change.FELL, risks);
        }
    }

    private void fall(
            Placed each, Model model, Moment moment, Assessed assessed, Risk.Change change, List<Risk> risks) {
        Assessed.Rise rise = assessed.fall();
        EffectId since = new EffectId(moment.subject(), rise.position(), rise.index());
        risks.add(risk(each, model, moment.nextEffect(), change, moment, assessed.probability, since, rise.atMillis()));
    }

    /** The level that is crossed is the one above those that are reached now. */
    private Risk risk(
            Placed each,
            Model model,
            EffectId id,
            Risk.Change change,
            Moment moment,
            double probability,
            EffectId since,
            long sinceMillis) {
        Assessed assessed = moment.cells().open(each.slot, "");
        return new Risk(
                id,
                each.prediction.name(),
                model.name(),
                change,
                moment.nowMillis(),
                new Probability(probability),
                new Probability(each.prediction.levels().get(assessed.level())),
                each.prediction.trigger(assessed.level()),
                value(each.prediction, moment),
                since,
                sinceMillis);
    }

    private Optional<Money> value(Prediction prediction, Moment moment) {
        if (prediction.valueMinor() == null) {
            return Optional.empty();
        }
        double minor = prediction.valueMinor().value(moment);
        return Money.isAmount(minor) ? Optional.of(Money.ofMinor(minor, currency)) : Optional.empty();
    }

    private void endWhenOver(Placed each, Moment moment, List<Risk> risks) {
        Assessed assessed = moment.cells().find(each.slot, "");
        if (assessed != null && !each.prediction.population().holds(moment)) {
            over(each, moment, assessed, risks);
        }
    }

    /** The question is not about them any more: there is no probability, and who was told of a high one hears of it. */
    private void over(Placed each, Moment moment, Assessed assessed, List<Risk> risks) {
        moment.cells().wake(each.slot, "", Cells.NEVER);
        if (each.prediction.scoreAt().first() == 0) {
            assessed.asked = 0;
        }
        if (Double.isNaN(assessed.probability)) {
            return;
        }
        Model model = each.model(moment.subject());
        while (assessed.level() > 0 && model != null) {
            fall(each, model, moment, assessed, Risk.Change.OVER, risks);
        }
        assessed.probability = Double.NaN;
    }

    /** Notes what counts towards the outcome. It stands before the moment's own sample: what happens now is not the future. */
    private static void came(
            Placed each, Moment moment, @Nullable Event event, List<Transition> transitions, List<Sample> samples) {
        double amount = switch (each.prediction.target()) {
            case Question.Any any -> matches(any.events(), event, moment);
            case Question.None none -> matches(none.events(), event, moment);
            case Question.Count count -> matches(count.events(), event, moment);
            case Question.Total total ->
                event != null && total.events().matches(event, moment)
                        ? total.value().value(moment)
                        : 0;
            case Question.Fails fails ->
                transitions.stream()
                        .filter(transition ->
                                transition.journey().equals(fails.journey().name())
                                        && transition.kind().isBadEnd())
                        .count();
            case Question.Stalls stalls ->
                transitions.stream()
                        .filter(transition ->
                                transition.journey().equals(stalls.journey().name()))
                        .count();
            case Question.Labelled labelled -> 0;
        };
        if (amount != 0 && !Double.isNaN(amount)) {
            samples.add(new Sample.Came(moment.nextEffect(), each.prediction.name(), moment.atMillis(), amount));
        }
    }

    private static double matches(EventPattern events, @Nullable Event event, Moment moment) {
        return event != null && events.matches(event, moment) ? 1 : 0;
    }

    /** One prediction, what answers it, and where the answer is kept. */
    private record Placed(
            Prediction prediction,
            @Nullable Model champion,
            @Nullable Model challenger,
            Slot<Assessed> slot) implements Variable {

        /** Whom the challenger answers is drawn by their name: always the same customers, and others for another prediction. */
        @Nullable
        Model model(SubjectId customer) {
            boolean isChallenged = challenger != null
                    && Draw.of("challenger", prediction.name(), customer.key()) < prediction.challengerShare();
            return isChallenged ? challenger : champion;
        }

        @Override
        public String name() {
            return "risk." + prediction.name();
        }

        @Override
        public boolean isText() {
            return false;
        }

        @Override
        public double number(Moment moment) {
            Assessed assessed = moment.cells().find(slot, "");
            return assessed == null ? Double.NaN : assessed.probability;
        }
    }
}
