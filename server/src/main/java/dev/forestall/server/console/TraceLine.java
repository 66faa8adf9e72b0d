package dev.forestall.server.console;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.host.Logged;
import dev.forestall.views.look.Described;
import dev.forestall.views.look.Link;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One line of a trace: what was, below what it led to.
 *
 * @param depth how far below what was asked for, from 0
 * @param isInput whether it came from outside: there a trace ends
 * @param title what it was
 * @param details what more there is to say
 * @param at when; empty where that says nothing
 * @param id of an effect; empty of an input
 */
public record TraceLine(int depth, boolean isInput, String title, List<String> details, String at, String id) {

    /** Deeper ones are not set in any further. */
    private static final int DEEPEST = 8;

    public TraceLine {
        details = List.copyOf(details);
    }

    /** For the style sheet. */
    public String indent() {
        return "depth-" + Math.min(depth, DEEPEST);
    }

    static List<TraceLine> of(Link link, Map<String, String> words, EffectNames names) {
        List<TraceLine> lines = new ArrayList<>();
        add(link, 0, words, names, new HashSet<>(), lines);
        return lines;
    }

    private static void add(
            Link link,
            int depth,
            Map<String, String> words,
            EffectNames names,
            Set<EffectId> shown,
            List<TraceLine> lines) {
        switch (link) {
            case Link.Of of -> {
                Described described = Described.of(of.effect(), words);
                EffectId id = of.effect().id();
                boolean isNew = shown.add(id);
                List<String> details = isNew ? described.details() : List.of("as above");
                lines.add(new TraceLine(
                        depth,
                        false,
                        described.title(),
                        details,
                        Times.full(of.effect().atMillis()),
                        names.of(id)));
                if (isNew) {
                    of.causes().forEach(cause -> add(cause, depth + 1, words, names, shown, lines));
                }
            }
            case Link.Input input -> lines.add(input(input, depth));
            case Link.Note note -> lines.add(new TraceLine(depth, false, note.text(), List.of(), "", ""));
        }
    }

    private static TraceLine input(Link.Input input, int depth) {
        return switch (input.logged()) {
            case Logged.Arrived arrived ->
                new TraceLine(
                        depth,
                        true,
                        "event " + arrived.event().type().name() + " from "
                                + arrived.origin().source(),
                        said(arrived.event()),
                        Times.full(arrived.event().atMillis()),
                        "");
            case Logged.Reported reported ->
                new TraceLine(
                        depth,
                        true,
                        "report " + reported.report().kind() + " by "
                                + reported.report().head().by(),
                        List.of(),
                        Times.full(reported.report().atMillis()),
                        "");
            case Logged.Ticked ticked ->
                new TraceLine(depth, true, "time passed", List.of(), Times.full(ticked.atMillis()), "");
            case Logged.Rejection rejection ->
                new TraceLine(depth, true, "rejected: " + rejection.rejected(), List.of(), "", "");
            case Logged.Unmerged unmerged ->
                new TraceLine(depth, true, "two identifiers were said not to be one customer", List.of(), "", "");
            case Logged.Erased erased -> new TraceLine(depth, true, "a customer was erased", List.of(), "", "");
            case Logged.Unreadable unreadable -> new TraceLine(depth, true, "erased", List.of(), "", "");
            case Logged.Folded folded -> new TraceLine(depth, true, "a past was put together", List.of(), "", "");
            case Logged.Activated activated ->
                new TraceLine(depth, true, "another definition came into force", List.of(), "", "");
        };
    }

    /** What an event said, as the request said it; what is personal is hidden. */
    private static List<String> said(Event event) {
        List<String> said = new ArrayList<>();
        for (Property property : event.type().properties()) {
            if (event.has(property.slot())) {
                said.add(property.name() + " = "
                        + (property.personal() ? "(personal, hidden)" : value(event, property)));
            }
        }
        event.undeclared().forEach(each -> said.add(each.name() + " = " + each.value() + " (not declared)"));
        if (!event.id().isEmpty()) {
            said.add("messageId " + event.id());
        }
        return said;
    }

    private static String value(Event event, Property property) {
        if (property.type().isText()) {
            String text = event.text(property.slot());
            return text == null ? "" : text;
        }
        return switch (property.type()) {
            case MONEY ->
                dev.forestall.loop.event.Money.ofMinor(
                                event.whole(property.slot()), java.util.Currency.getInstance(property.unit()))
                        .toString();
            case BOOLEAN -> Boolean.toString(event.whole(property.slot()) != 0);
            case TIME -> Times.full(event.whole(property.slot()));
            case DURATION ->
                java.time.Duration.ofMillis(event.whole(property.slot())).toString();
            case INTEGER -> Long.toString(event.whole(property.slot()));
            case NUMBER, STRING -> Described.plain(event.number(property.slot()));
        };
    }
}
