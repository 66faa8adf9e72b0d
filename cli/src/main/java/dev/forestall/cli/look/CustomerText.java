package dev.forestall.cli.look;

import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.cli.text.Table;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.loop.signal.Signal;
import dev.forestall.views.Units;
import dev.forestall.views.look.Customer;
import dev.forestall.views.look.Described;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what was known of one customer, for people. */
public final class CustomerText {

    private static final String TRAIT = "trait.";
    private static final String CONTEXT = "context.";
    private static final String RISK = "risk.";

    private final Page page;
    private final Map<String, String> words;
    private final EffectNames names;

    /**
     * @param words what signals and actions mean, by name
     * @param names of effects
     */
    public CustomerText(Page page, Map<String, String> words, EffectNames names) {
        this.page = page;
        this.words = words;
        this.names = names;
    }

    public void print(Customer customer) {
        page.line(Paint.BOLD, Described.subject(customer.subject()));
        page.line(
                Paint.DIM,
                "as of " + Units.minute(customer.atMillis()) + " UTC; " + Units.count(customer.eventsInAll(), "event")
                        + " by then");
        runs(customer);
        known(customer);
        signals("Standing signals", customer.active());
        signals("Latest signals that are over", customer.recent());
        alerts(customer);
        decisions(customer);
        events(customer);
    }

    private void runs(Customer customer) {
        Table table = new Table(2).words("").words("").words("").words("");
        for (Customer.Run run : customer.runs()) {
            Transition last = run.last();
            table.row(
                    last.journey() + (last.journeyKey().isEmpty() ? "" : " " + last.journeyKey()),
                    run.isOpen()
                            ? "open"
                            : last.kind()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', ' '),
                    run.isOpen() ? place(last) : "from " + step(last.from()),
                    (run.isOpen() ? "since " : "at ") + Units.minute(last.atMillis()) + ", started "
                            + Units.minute(run.startedAtMillis()));
        }
        section("Journeys", table);
    }

    private static String place(Transition last) {
        return "in " + step(last.to());
    }

    private static String step(String name) {
        return name.isEmpty() ? "the time before the first step" : "step " + name;
    }

    private void known(Customer customer) {
        Table traits = new Table(2).words("").words("");
        Table context = new Table(2).words("").words("");
        Table risks = new Table(2).words("").figures("").words("");
        for (Loop.Known each : customer.known()) {
            if (each.name().startsWith(TRAIT)) {
                traits.row(each.name().substring(TRAIT.length()), value(each));
            } else if (each.name().startsWith(CONTEXT) && each.number() == 1) {
                String signal = each.name().substring(CONTEXT.length());
                context.row(signal, words.getOrDefault(signal, ""));
            } else if (each.name().startsWith(RISK)) {
                risks.row(
                        each.name().substring(RISK.length()),
                        Units.percent(each.number()),
                        words.getOrDefault(each.name(), ""));
            }
        }
        section("Risks (why: forestall why " + customer.subject().key() + ")", risks);
        section("Traits (money in minor units, lengths of time in ms)", traits);
        section("Context: trouble of groups they belong to, or of what they depend on", context);
    }

    private static String value(Loop.Known known) {
        return known.text().orElseGet(() -> Described.plain(known.number()));
    }

    private void signals(String title, List<Signal.Raised> signals) {
        Table table = new Table(2).words("").words("").words("").words("");
        for (Signal.Raised each : signals) {
            String meaning = words.getOrDefault(each.name(), "");
            table.row(
                    Units.minute(each.atMillis()),
                    each.name(),
                    Described.finding(each.finding()) + (meaning.isEmpty() ? "" : "  (" + meaning + ")"),
                    names.of(each.id()));
        }
        section(title, table);
    }

    private void alerts(Customer customer) {
        Table table = new Table(2).words("").words("").words("").words("").words("");
        for (Customer.Open each : customer.alerts()) {
            table.row(
                    Units.minute(each.alert().atMillis()),
                    each.alert().name(),
                    "to " + each.alert().owner(),
                    Units.count(each.signals(), "signal"),
                    names.of(each.alert().id()));
        }
        section("Open alerts", table);
    }

    private void decisions(Customer customer) {
        Table table = new Table(2).words("").words("").words("").words("").words("");
        for (Customer.Decided each : customer.decisions()) {
            table.row(
                    Units.minute(each.decision().atMillis()),
                    each.decision().policy(),
                    each.decision().chosen() + " ("
                            + each.decision()
                                    .group()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', ' ') + ")",
                    outcomes(each.outcomes()),
                    names.of(each.decision().id()));
        }
        section("Decisions", table);
    }

    private static String outcomes(List<Outcome> outcomes) {
        return outcomes.isEmpty()
                ? "outcome not yet observed"
                : outcomes.stream()
                        .map(each -> each.name() + ": " + (each.success() ? "success" : "no success"))
                        .collect(Collectors.joining(", "));
    }

    private void events(Customer customer) {
        Table table = new Table(2).words("").words("").words("");
        customer.events()
                .forEach(each -> table.row(
                        Units.minute(each.event().atMillis()),
                        each.event().type().name(),
                        each.origin().source() + ":" + each.origin().line()));
        section("Latest events", table);
    }

    private void section(String title, Table table) {
        if (!table.isEmpty()) {
            page.heading(title).table(table);
        }
    }
}
