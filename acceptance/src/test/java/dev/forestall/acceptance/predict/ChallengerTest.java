package dev.forestall.acceptance.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Draw;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.Fitted.FittedInput;
import dev.forestall.loop.risk.Forest;
import dev.forestall.loop.risk.Linear;
import dev.forestall.loop.risk.Moments;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.loop.risk.Question;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.risk.Scorer;
import dev.forestall.testkit.MemoryHost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A declared share of the customers is answered by the challenger: always the same ones, and everybody by one model alone. */
class ChallengerTest {

    private static final double SHARE = 0.3;
    private static final int CUSTOMERS = 2_000;

    private static Fitted counting(String model, double perCall) {
        Linear linear = new Linear(-2, new double[] {perCall}, new double[] {0}, new double[] {1});
        return new Fitted(
                "leaves",
                model,
                List.of(new FittedInput("count(call)", 0, 1)),
                new Scorer(Forest.EMPTY, 0, linear, 1, 1, 0));
    }

    private static Definition answering(double share, List<Fitted> challengers) {
        Prediction prediction = new Prediction(
                "leaves",
                new Question.Any(Neighbours.PLAN.any("left")),
                7 * Neighbours.DAY,
                Moments.EACH_EVENT,
                Condition.ALWAYS,
                List.of(0.5),
                null,
                share,
                "leaves");
        return Neighbours.pack()
                .prediction(prediction)
                .ready()
                .answering("c0ffee00c0ffee00", List.of(counting("cccccccccccc", 3)), challengers);
    }

    /** Everybody calls twice; either model takes them for endangered by then. */
    private static Map<String, String> modelOfEach(Definition definition) {
        List<Event> log = new ArrayList<>();
        for (int i = 0; i < 2 * CUSTOMERS; i++) {
            log.add(Neighbours.PLAN
                    .event("call")
                    .of("c-" + i % CUSTOMERS)
                    .at(Neighbours.START.plusMillis(i))
                    .build());
        }
        Map<String, String> models = new HashMap<>();
        for (Effect each : MemoryHost.run(definition, log).effects()) {
            if (each instanceof Effect.RiskChanged changed) {
                Risk risk = changed.risk();
                String before = models.put(risk.id().subject().key(), risk.model());
                assertThat(before).isIn(null, risk.model());
            }
        }
        return models;
    }

    @Test
    void its_customers_are_drawn_by_their_names() {
        Map<String, String> models = modelOfEach(answering(SHARE, List.of(counting("aaaaaaaaaaaa", 2))));
        assertThat(models).hasSize(CUSTOMERS);
        models.forEach((customer, model) -> assertThat(model)
                .as(customer)
                .isEqualTo(Draw.of("challenger", "leaves", customer) < SHARE ? "aaaaaaaaaaaa" : "cccccccccccc"));
        long challenged =
                models.values().stream().filter("aaaaaaaaaaaa"::equals).count();
        // Five standard deviations of a fair draw.
        assertThat((double) challenged / CUSTOMERS).isBetween(SHARE - 0.052, SHARE + 0.052);
    }

    @Test
    void without_a_challenger_or_without_a_share_the_champion_answers_all() {
        assertThat(modelOfEach(answering(SHARE, List.of())).values()).containsOnly("cccccccccccc");
        assertThat(modelOfEach(answering(0, List.of(counting("aaaaaaaaaaaa", 2))))
                        .values())
                .containsOnly("cccccccccccc");
    }
}
