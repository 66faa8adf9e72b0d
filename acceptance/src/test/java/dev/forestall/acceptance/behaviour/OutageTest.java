package dev.forestall.acceptance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.pack.PackException;
import dev.forestall.pack.Packs;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cell of a network is down, and customers who were connected to it lately are told; when it is up again, who was not told yet is not. */
class OutageTest {

    private static final String TELCO = """
            pack: telco
            lateness: 0s
            tick: 1m
            subjects:
              customer: { identifiers: [userId] }
              cell: { identifier: cellId }
            events:
              connected: {}
              cell_down: {}
              cell_up: {}
            signals:
              outage:
                stall: { after: cell_down, without: cell_up, within: 5m }
                on: cell
                affects: 7d
                description: the cell is down
            actions:
              outage_notice: { message: outage, channel: sms, cost: 0.02, expires: 2h, withdraw_when: context.outage ends }
            policies:
              tell_outage:
                on: context.outage
                candidates: [{ action: outage_notice, uplift: 0.2 }]
                objective: uplift * 5.0 - cost
                holdout: 0%
                cooldown: 1d
                max_age: 30m
            """;

    private final Definition definition;
    private final TestPlan plan;
    private final MemoryHost host;
    private Instant now = Times.day(0);

    OutageTest() throws PackException {
        definition = Packs.compileText(TELCO).definition();
        plan = TestPlan.of(definition.plan());
        host = new MemoryHost(definition);
    }

    private void happens(String type, String customer) {
        var event = customer.isEmpty()
                ? plan.event(type).anonymous()
                : plan.event(type).of(customer);
        Event built = event.with("cellId", "cell-7").at(now).build();
        host.happened(built, Receipt.live(now.toEpochMilli()));
    }

    private void pass(Duration time) {
        for (Instant until = now.plus(time); now.isBefore(until); ) {
            now = now.plusSeconds(60);
            host.tick(now.toEpochMilli(), Receipt.live(now.toEpochMilli()));
        }
    }

    private Map<SubjectId, Integer> counted(List<? extends Effect> effects) {
        Map<SubjectId, Integer> counts = new HashMap<>();
        effects.forEach(each -> counts.merge(each.subject(), 1, Integer::sum));
        return counts;
    }

    private List<Effect.ActionRequested> requests() {
        return host.effects().stream()
                .filter(Effect.ActionRequested.class::isInstance)
                .map(Effect.ActionRequested.class::cast)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"100000, 1", "1000, 10"})
    void whoever_is_affected_is_told_once_however_many_there_are_and_however_often_it_flaps(int customers, int flaps) {
        for (int i = 0; i < customers; i++) {
            happens("connected", "c-" + i);
        }
        host.happened(
                plan.event("connected")
                        .of("far away")
                        .with("cellId", "cell-8")
                        .at(now)
                        .build(),
                Receipt.live(now.toEpochMilli()));
        for (int flap = 0; flap < flaps; flap++) {
            happens("cell_down", "");
            pass(Duration.ofMinutes(8));
            happens("cell_up", "");
            pass(Duration.ofMinutes(3));
        }

        assertThat(counted(requests())).hasSize(customers).allSatisfy((who, count) -> {
            assertThat(count).as(who.toString()).isEqualTo(1);
            assertThat(who.key()).startsWith("c-");
        });
        List<Effect.RequestChanged> withdrawn = host.effects().stream()
                .filter(Effect.RequestChanged.class::isInstance)
                .map(Effect.RequestChanged.class::cast)
                .filter(each -> each.change() instanceof RequestChange.Withdrawn)
                .toList();
        assertThat(counted(withdrawn)).as("taken back when it ends").hasSize(customers);
    }
}
