package dev.forestall.acceptance.oracle;

import dev.forestall.acceptance.RealLogs;
import dev.forestall.connectors.files.FileMappings;
import dev.forestall.connectors.files.FileOptions;
import dev.forestall.connectors.files.FileRecord;
import dev.forestall.connectors.files.FileSource;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.pack.Pack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The log of a real bank's loan applications, for the loop as it is and for the oracle in its own words. */
final class BankLog {

    /** A letter for each type of event; each has a capital, which the oracle uses for what must not happen. */
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя";

    /** An offer is open for so long. */
    private static final long OFFER_MILLIS = Duration.ofDays(30).toMillis();

    final List<Event> events;
    final TreeMap<String, List<Happening>> byCustomer = new TreeMap<>();
    /** What each customer asked for, in minor units. */
    final TreeMap<String, Long> amounts = new TreeMap<>();

    long horizon = Long.MIN_VALUE;

    private BankLog(List<Event> events) {
        this.events = events;
    }

    /** Skips the test when the log is not there. */
    static BankLog read(Pack pack) {
        Path file = RealLogs.file("bpic2012_loan_applications/events.csv");
        BankLog log = new BankLog(new ArrayList<>());
        try (FileSource source = FileSource.open(
                file,
                FileMappings.forFile(file, pack.files()),
                pack.definition().plan(),
                FileOptions.upTo(Instant.parse("2026-01-01T00:00:00Z")))) {
            Optional<FileRecord> next = source.next();
            while (next.isPresent()) {
                if (next.get() instanceof FileRecord.Arrived arrived) {
                    log.add(arrived.event());
                }
                next = source.next();
            }
        }
        log.byCustomer.replaceAll((customer, own) -> Happening.sorted(own));
        return log;
    }

    private void add(Event event) {
        String customer = event.identifier(0);
        if (customer == null) {
            throw new AssertionError("an event without an application: " + event);
        }
        EventType type = event.type();
        byCustomer
                .computeIfAbsent(customer, key -> new ArrayList<>())
                .add(new Happening(
                        letter(type), event.atMillis(), events.size(), customer, "", event.atMillis() + OFFER_MILLIS));
        type.property("amount")
                .map(Property::slot)
                .filter(event::has)
                .ifPresent(slot -> amounts.put(customer, event.whole(slot)));
        horizon = Math.max(horizon, event.atMillis());
        events.add(event);
    }

    private static char letter(EventType type) {
        return LETTERS.charAt(type.index());
    }

    /** The letters of the types that a pattern means. The pack puts no conditions on its events. */
    static String letters(EventPattern pattern) {
        StringBuilder letters = new StringBuilder();
        pattern.types().stream().forEach(index -> letters.append(LETTERS.charAt(index)));
        return letters.toString();
    }

    /** The letters of types by their names. */
    static String letters(TrackingPlan plan, String... names) {
        StringBuilder letters = new StringBuilder();
        for (String name : names) {
            letters.append(letter(plan.type(name).orElseThrow()));
        }
        return letters.toString();
    }
}
