package dev.forestall.loop.reason;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.expression.Variable;
import dev.forestall.loop.feature.Feature;
import dev.forestall.loop.feature.Features;
import dev.forestall.loop.risk.Fitted.FittedInput;
import dev.forestall.loop.risk.Model;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.risk.Risks;
import dev.forestall.loop.risk.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The reason stage: says why, when somebody will want to know: a risk has reached a level. Exact contributions cost as much as
 * thousands of events, so nothing is explained that nobody asked about; any other moment can be explained later from the log.
 *
 * <p>Keeps room to work in; for one thread.
 */
public final class Reasons {

    private final Risks risks;
    private final Features features;
    private final ReasonRules rules;
    private final List<Variable> cohorts;
    private final SortedMap<String, Contributions> contributions = new TreeMap<>();
    private float[] row = new float[0];
    private double[] moved = new double[0];

    /** @param variables all that conditions may ask; those about cohorts tell what is off outside of the customer */
    public Reasons(Risks risks, Features features, ReasonRules rules, List<Variable> variables) {
        this.risks = risks;
        this.features = features;
        this.rules = rules;
        this.cohorts = variables.stream()
                .filter(each -> each.name().startsWith("context."))
                .toList();
    }

    /**
     * Explains each prediction of which a level was reached at the moment, once.
     *
     * @param answer what an external model has answered, when that is why; else null
     */
    public void after(Moment moment, Message.@Nullable Answer answer, ReasonFindings findings) {
        List<Risk> crossed = findings.risks();
        List<Explanation> explanations = findings.explanations();
        for (int i = 0; i < crossed.size(); i++) {
            Risk risk = crossed.get(i);
            boolean isHighest =
                    i + 1 == crossed.size() || !crossed.get(i + 1).prediction().equals(risk.prediction());
            if (risk.change() == Risk.Change.ROSE && isHighest) {
                Model model = risks.model(risk.prediction(), moment.subject()).orElseThrow();
                if (answer == null) {
                    explanations.add(explain(moment, risk.prediction(), model, moment.nextEffect(), risk.id()));
                } else if (!answer.moved().isEmpty()) {
                    explanations.add(explain(moment, model, answer, moment.nextEffect(), risk.id()));
                }
            }
        }
    }

    /** As {@link #explain(Moment, String, Model, EffectId, EffectId)}, where an external model has said why itself. */
    public Explanation explain(Moment moment, Model model, Message.Answer answer, EffectId id, EffectId risk) {
        makeRoom(answer.row().size());
        for (int i = 0; i < answer.row().size(); i++) {
            row[i] = answer.row().get(i);
            moved[i] = answer.moved().get(i);
        }
        return explain(moment, model, answer.base(), new Probability(answer.probability()), id, risk);
    }

    private void makeRoom(int size) {
        if (row.length < size) {
            row = new float[size];
            moved = new double[size];
        }
    }

    /**
     * Why a prediction's probability is what it is at a moment.
     *
     * @param id what to call the explanation
     * @param risk what is explained; the explanation itself when nothing was told
     */
    public Explanation explain(Moment moment, String prediction, Model model, EffectId id, EffectId risk) {
        makeRoom(model.space().size());
        features.read(moment, model.space(), row);
        double base = contributions(model).explain(row, moved);
        return explain(moment, model, base, new Probability(model.scorer().probability(row)), id, risk);
    }

    /** Of a row that was read, with what was found about it. */
    private Explanation explain(
            Moment moment, Model model, double base, Probability probability, EffectId id, EffectId risk) {
        int size = model.space().size();
        SortedMap<String, Double> byGroup = new TreeMap<>();
        List<Feature> inputs = model.space().features();
        for (int i = 0; i < size; i++) {
            byGroup.merge(inputs.get(i).group(), moved[i], Double::sum);
        }
        List<Reason> reasons = new ArrayList<>();
        for (var each : byGroup.entrySet()) {
            if (each.getValue() != 0 && rules.allows(each.getKey()) && !isOutside(each.getKey())) {
                reasons.add(reason(each.getKey(), each.getValue(), model));
            }
        }
        reasons.sort((one, other) -> {
            int bySize = Double.compare(Math.abs(other.logOdds()), Math.abs(one.logOdds()));
            return bySize != 0 ? bySize : one.group().compareTo(other.group());
        });
        List<Reason> said = reasons.subList(0, Math.min(rules.most(), reasons.size()));
        double all = 0;
        for (int i = 0; i < size; i++) {
            all += moved[i];
        }
        for (Reason reason : said) {
            all -= reason.logOdds();
        }
        return new Explanation(
                id,
                model.fitted().prediction(),
                model.name(),
                risk,
                moment.nowMillis(),
                probability,
                new Probability(Scorer.probability(base)),
                said,
                all,
                outside(moment, byGroup));
    }

    /**
     * What would have to be different for a prediction's probability to be lower: at each step the one thing that lowers it most, put to
     * the lower or upper end of what is usual or as if it had never been, until somebody of whom nothing is known would have no lower
     * risk. Only what may be said as a reason is changed. This is how the model goes, not a promise about the world.
     *
     * @param logOdds how the model answers a row
     * @param base the log odds of somebody of whom nothing is known
     * @param most so many steps at most
     */
    public List<Change> changes(Moment moment, Model model, ToDoubleFunction<float[]> logOdds, double base, int most) {
        float[] now = new float[model.space().size()];
        features.read(moment, model.space(), now);
        List<Change> changes = new ArrayList<>();
        SortedSet<String> open = new TreeSet<>();
        model.space().features().stream()
                .map(Feature::group)
                .filter(group -> rules.allows(group) && !isOutside(group))
                .forEach(open::add);
        double reached = logOdds.applyAsDouble(now);
        while (changes.size() < most && reached > base) {
            float[] best = null;
            String bestGroup = "";
            for (String group : open) {
                for (End end : End.values()) {
                    float[] tried = put(now, model, group, end);
                    double its = logOdds.applyAsDouble(tried);
                    if (its < reached - LEAST_CHANGE) {
                        reached = its;
                        best = tried;
                        bestGroup = group;
                    }
                }
            }
            if (best == null) {
                break;
            }
            changes.add(change(bestGroup, now, best, model, reached));
            open.remove(bestGroup);
            now = best;
        }
        return changes;
    }

    /** As {@link #changes(Moment, Model, ToDoubleFunction, double, int)}, by a model that the loop computes itself. */
    public List<Change> changes(Moment moment, Model model, int most) {
        int size = model.space().size();
        double base = contributions(model).explain(new float[size], new double[size]);
        return changes(moment, model, model.scorer()::logOdds, base, most);
    }

    /** A change of the log odds that is worth a word. */
    private static final double LEAST_CHANGE = 0.05;

    /** Where a feature is put. */
    private enum End {
        LOW,
        HIGH,
        NEVER
    }

    private static float[] put(float[] row, Model model, String group, End end) {
        float[] put = row.clone();
        List<Feature> inputs = model.space().features();
        for (int i = 0; i < put.length; i++) {
            if (inputs.get(i).group().equals(group)) {
                FittedInput input = model.fitted().inputs().get(i);
                put[i] = switch (end) {
                    case LOW -> (float) input.usualLow();
                    case HIGH -> (float) input.usualHigh();
                    case NEVER -> Float.NaN;
                };
            }
        }
        return put;
    }

    /** Of the features of the group, the one that moved furthest against what is usual speaks for it. */
    private static Change change(String group, float[] before, float[] after, Model model, double logOdds) {
        List<Feature> inputs = model.space().features();
        int speaker = -1;
        double furthest = -1;
        for (int i = 0; i < before.length; i++) {
            if (inputs.get(i).group().equals(group)) {
                FittedInput input = model.fitted().inputs().get(i);
                double width = Math.max(1e-9, input.usualHigh() - input.usualLow());
                double moved = Float.isNaN(before[i]) || Float.isNaN(after[i])
                        ? (Float.isNaN(before[i]) == Float.isNaN(after[i]) ? 0 : 1)
                        : Math.abs(after[i] - before[i]) / width;
                if (moved > furthest) {
                    furthest = moved;
                    speaker = i;
                }
            }
        }
        return new Change(
                group,
                inputs.get(speaker).key(),
                before[speaker],
                after[speaker],
                new Probability(Scorer.probability(logOdds)));
    }

    private Contributions contributions(Model model) {
        return contributions.computeIfAbsent(model.name(), name -> new Contributions(model.scorer()));
    }

    /** Of a group, the feature that moves most in the group's own direction speaks for it. */
    private Reason reason(String group, double logOdds, Model model) {
        List<Feature> inputs = model.space().features();
        int speaker = -1;
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).group().equals(group)
                    && (speaker < 0 || moved[i] * Math.signum(logOdds) > moved[speaker] * Math.signum(logOdds))) {
                speaker = i;
            }
        }
        FittedInput input = model.fitted().inputs().get(speaker);
        return new Reason(group, input.key(), row[speaker], input.usualLow(), input.usualHigh(), logOdds);
    }

    /** What stands outside of the customer, and how much of all that raises the risk it accounts for. */
    private List<Outside> outside(Moment moment, SortedMap<String, Double> byGroup) {
        double raising = 0;
        for (double each : byGroup.values()) {
            raising += Math.max(0, each);
        }
        List<Outside> outside = new ArrayList<>();
        for (Variable cohort : cohorts) {
            if (cohort.number(moment) == 1) {
                String signal = cohort.name().substring("context.".length());
                Double its = byGroup.get(Feature.OUTSIDE + signal);
                double share = its == null ? Double.NaN : its <= 0 ? 0 : its / raising;
                outside.add(new Outside(signal, share));
            }
        }
        return outside;
    }

    private static boolean isOutside(String group) {
        return group.startsWith(Feature.OUTSIDE);
    }
}
