package dev.forestall.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.Format;
import dev.forestall.loop.host.FileMapping.Notation;
import dev.forestall.loop.host.FileMapping.Order;
import dev.forestall.loop.host.FileMapping.PropertyFrom;
import dev.forestall.loop.host.FileMapping.TimeFormat;
import dev.forestall.loop.host.FileMapping.TimeFrom;
import dev.forestall.loop.host.FileMapping.TypeFrom;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Real logs are read to their end, with nothing rejected and nothing lost. */
class RealLogsTest {

    private static final Instant LATEST = Instant.parse("2026-01-01T00:00:00Z");

    /** All events of a log are of one type that keeps the activity's name. */
    private static final TrackingPlan ACTIVITIES = new TrackingPlan(
            List.of(new EventType(
                    "activity",
                    0,
                    List.of(
                            new Property("name", PropertyType.STRING, 0, true, false, ""),
                            new Property("amount", PropertyType.MONEY, 1, false, false, "EUR")))),
            List.of(new IdentifierType("case", "customer", 0, 1)));

    private record Log(long events, long cases, Map<String, Integer> activities, Instant first, Instant last) {}

    private static FileMapping mapping(
            String id, String name, String time, TimeFormat format, Optional<String> amount) {
        var identifiers = new LinkedHashMap<>(Map.of("case", id));
        var properties =
                new java.util.ArrayList<>(List.of(new PropertyFrom("name", name, List.of(), new Notation.Plain())));
        amount.ifPresent(column -> properties.add(new PropertyFrom("amount", column, List.of(), new Notation.Plain())));
        return new FileMapping(
                "log",
                List.of(),
                EnumSet.allOf(Format.class),
                ',',
                identifiers,
                new TypeFrom.Fixed("activity"),
                new TimeFrom(time, format),
                properties,
                Set.of(),
                List.of(),
                Order.BY_TIME);
    }

    private static FileMapping standard() {
        return mapping(
                "case:concept:name",
                "concept:name",
                "time:timestamp",
                new TimeFormat.Iso(ZoneOffset.UTC),
                Optional.empty());
    }

    private static Log read(Path file, FileMapping mapping) {
        var activities = new TreeMap<String, Integer>();
        var cases = new java.util.TreeSet<String>();
        long events = 0;
        long last = Long.MIN_VALUE;
        long first = Long.MAX_VALUE;
        try (var source = FileSource.open(file, mapping, ACTIVITIES, FileOptions.upTo(LATEST))) {
            for (var next = source.next(); next.isPresent(); next = source.next()) {
                assertThat(next.get()).isInstanceOf(FileRecord.Arrived.class);
                var event = ((FileRecord.Arrived) next.get()).event();
                assertThat(next.get().origin().ordinal()).isEqualTo(events);
                assertThat(event.atMillis()).isGreaterThanOrEqualTo(last);
                activities.merge(String.valueOf(event.text(0)), 1, Integer::sum);
                cases.add(String.valueOf(event.identifier(0)));
                first = Math.min(first, event.atMillis());
                last = event.atMillis();
                events++;
            }
        }
        return new Log(events, cases.size(), activities, Instant.ofEpochMilli(first), Instant.ofEpochMilli(last));
    }

    @Test
    void all_loan_applications_of_the_bank_are_read() {
        Log log = read(RealLogs.file("bpic2012_loan_applications/events.csv"), standard());

        assertThat(log.events).isEqualTo(214_377);
        assertThat(log.cases).isEqualTo(10_469);
        assertThat(log.activities).containsEntry("A_SUBMITTED", 10_469).hasSize(24);
        assertThat(log.first).isEqualTo(Instant.parse("2011-09-30T22:38:44.546Z"));
    }

    @Test
    void the_help_desk_reads_the_same_from_xes_and_csv() {
        Log xes = read(RealLogs.file("helpdesk_italy_tickets/Helpdesk.xes.gz"), standard());
        Log csv = read(RealLogs.file("helpdesk_italy_tickets/helpdesk_events.csv"), standard());

        assertThat(xes.events).isEqualTo(21_348);
        assertThat(xes.cases).isEqualTo(4_580);
        assertThat(csv).isEqualTo(xes);
    }

    @Test
    void the_sepsis_cases_read_the_same_from_xes_and_csv() {
        Log xes = read(RealLogs.file("sepsis_cases/Sepsis.xes.gz"), standard());
        Log csv = read(RealLogs.file("sepsis_cases/sepsis_events.csv"), standard());

        assertThat(xes.events).isEqualTo(15_214);
        assertThat(xes.cases).isEqualTo(1_050);
        assertThat(csv).isEqualTo(xes);
    }

    @Test
    void all_traffic_fines_are_read() {
        Log log = read(
                RealLogs.file("traffic_fines_italy/traffic_fines_events.csv.gz"),
                mapping(
                        "case_id",
                        "activity",
                        "timestamp",
                        new TimeFormat.Iso(ZoneId.of("Europe/Rome")),
                        Optional.of("amount")));

        assertThat(log.events).isEqualTo(561_470);
        assertThat(log.cases).isEqualTo(150_370);
        assertThat(log.activities).containsEntry("Send for Credit Collection", 59_013);
    }
}
