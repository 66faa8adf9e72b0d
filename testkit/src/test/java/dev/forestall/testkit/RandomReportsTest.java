package dev.forestall.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.ReportEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever is reported is read back from the log as it was, and packs see it as it is. */
class RandomReportsTest {

    private static TrackingPlan everything() {
        List<EventType> types = new ArrayList<>();
        ReportEvents.names().forEach(name -> types.add(ReportEvents.type(name, types.size())));
        return new TrackingPlan(types, List.of());
    }

    @Test
    void a_report_is_read_back_from_the_log_as_it_was() {
        LoggedCodec codec = new LoggedCodec(new TrackingPlan(List.of(), List.of()));
        Seeds.forEach(20, seed -> {
            RandomReports reports = new RandomReports(new Dice(seed));
            for (int kind = 1; kind <= RandomReports.KINDS; kind++) {
                Logged logged = new Logged.Reported(new Origin("crm", seed, 0), reports.next(kind));
                assertThat(codec.read(codec.write(logged))).isEqualTo(logged);
            }
        });
    }

    @Test
    void each_kind_of_report_is_drawn_and_called_by_a_name_of_its_own() {
        RandomReports reports = new RandomReports(new Dice(1));
        Set<String> kinds = new TreeSet<>();
        for (int kind = 1; kind <= RandomReports.KINDS; kind++) {
            kinds.add(reports.next(kind).kind());
        }
        assertThat(kinds).hasSize(RandomReports.KINDS).contains("case_done", "not_sent", "kill_switch");
        assertThat(leaves(Report.class)).isEqualTo(RandomReports.KINDS);
    }

    private static int leaves(Class<?> sealed) {
        int leaves = 0;
        for (Class<?> each : sealed.getPermittedSubclasses()) {
            leaves += each.isSealed() ? leaves(each) : 1;
        }
        return leaves;
    }

    @Test
    void packs_see_every_report_but_questions_and_those_between_dispatcher_and_gate() {
        ReportEvents events = new ReportEvents(everything());
        Set<String> seen = new TreeSet<>();
        Set<String> filled = new TreeSet<>();
        Seeds.forEach(40, seed -> {
            RandomReports reports = new RandomReports(new Dice(seed));
            for (int kind = 1; kind <= RandomReports.KINDS; kind++) {
                Report report = reports.next(kind);
                Optional<Event> event = events.of(report);
                assertThat(event.isEmpty())
                        .isEqualTo(report instanceof Report.Due
                                || report instanceof Report.KillSwitch
                                || report instanceof Report.Asked);
                event.ifPresent(found -> {
                    assertThat(found.atMillis()).isEqualTo(report.atMillis());
                    assertThat(found.id()).isEqualTo(report.head().id());
                    seen.add(found.type().name());
                    for (Property property : found.type().properties()) {
                        if (found.has(property.slot())) {
                            filled.add(found.type().name() + "." + property.name());
                        }
                    }
                });
            }
        });
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ReportEvents.names());
        assertThat(filled)
                .hasSize(everything().types().stream()
                        .mapToInt(type -> type.properties().size())
                        .sum());
    }

    @Test
    void a_pack_that_uses_no_report_sees_none() {
        ReportEvents events = new ReportEvents(new TrackingPlan(List.of(), List.of()));
        RandomReports reports = new RandomReports(new Dice(7));
        for (int kind = 1; kind <= RandomReports.KINDS; kind++) {
            assertThat(events.of(reports.next(kind))).isEmpty();
        }
    }

    @Test
    void what_is_only_done_to_customers_does_not_break_their_silence() {
        assertThat(ReportEvents.isSilent("message_delivered")).isTrue();
        assertThat(ReportEvents.isSilent("message_opened")).isTrue();
        assertThat(ReportEvents.isSilent("message_replied")).isFalse();
        assertThat(ReportEvents.isSilent("order_placed")).isFalse();
    }
}
