package dev.forestall.loop.reason;

import dev.forestall.loop.event.EffectId;
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
import java.util.TreeMap;

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

    /** Explains each prediction of which a level was reached at the moment, once. */
    public void after(Moment moment, List<Risk> crossed, List<Explanation> explanations) {
        for (int i = 0; i < crossed.size(); i++) {
            Risk risk = crossed.get(i);
            boolean isHighest = i + 1 == crossed.size()
                    || !crossed.get(i + 1).prediction().equals(risk.prediction());
            if (risk.change() == Risk.Change.ROSE && isHighest) {
                Model model = risks.model(risk.prediction()).orElseThrow();
                explanations.add(explain(moment, risk.prediction(), model, moment.nextEffect(), risk.id()));
            }
        }
    }

    /**
     * Why a prediction's probability is what it is at a moment.
     *
     * @param id what to call the explanation
     * @param risk what is explained; the explanation itself when nothing was told
     */
    public Explanation explain(Moment moment, String prediction, Model model, EffectId id, EffectId risk) {
        int size = model.space().size();
        if (row.length < size) {
            row = new float[size];
            moved = new double[size];
        }
        features.read(moment, model.space(), row);
        double base = contributions(prediction, model).explain(row, moved);
        SortedMap<String, Double> byGroup = new TreeMap<>();
        List<Feature> inputs = model.space().features();
        for (int i = 0; i < size; i++) {
            byGroup.merge(inputs.get(i).group(), moved[i], Double::sum);
        }
        List<Reason> reasons = new ArrayList<>();
        for (var each : byGroup.entrySet()) {
            if (each.getValue() != 0 && rules.allows(each.getKey())) {
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
                prediction,
                model.name(),
                risk,
                moment.nowMillis(),
                new Probability(model.scorer().probability(row)),
                new Probability(Scorer.probability(base)),
                said,
                all,
                offNow(moment));
    }

    private Contributions contributions(String prediction, Model model) {
        return contributions.computeIfAbsent(prediction, name -> new Contributions(model.scorer()));
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
        return new Reason(
                group, input.key(), row[speaker], input.usualLow(), input.usualHigh(), logOdds);
    }

    private List<String> offNow(Moment moment) {
        List<String> off = new ArrayList<>();
        for (Variable cohort : cohorts) {
            if (cohort.number(moment) == 1) {
                off.add(cohort.name().substring("context.".length()));
            }
        }
        return off;
    }
}
