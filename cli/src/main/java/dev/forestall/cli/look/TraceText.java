package dev.forestall.cli.look;

import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.views.Units;
import dev.forestall.views.look.Described;
import dev.forestall.views.look.Link;
import dev.forestall.views.look.SourceLine;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Prints a trace for people: an indented tree, from what became of it back to the lines of the file. */
public final class TraceText {

    private static final String DEEPER = "  ";

    private final Page page;
    private final Map<String, String> words;
    private final EffectNames names;
    private final Map<Origin, SourceLine> lines;
    private final Set<EffectId> shown = new HashSet<>();

    /**
     * @param words what signals and actions mean, by name
     * @param names of effects
     * @param lines of the inputs in the trace, as far as they are known
     */
    public TraceText(Page page, Map<String, String> words, EffectNames names, Map<Origin, SourceLine> lines) {
        this.page = page;
        this.words = words;
        this.names = names;
        this.lines = lines;
    }

    public void print(Link trace) {
        print(trace, "", "");
        if (lines.values().stream().anyMatch(line -> !line.isUnchanged())) {
            page.blank()
                    .line(
                            Paint.WARN,
                            "A file has changed since it was read; the lines shown may not be those that were read.");
        }
    }

    private void print(Link link, String indent, String arrow) {
        switch (link) {
            case Link.Of of -> print(of, indent, arrow);
            case Link.Input input -> print(input, indent, arrow);
            case Link.Note note -> page.line(indent + arrow + note.text());
        }
    }

    private void print(Link.Of link, String indent, String arrow) {
        EffectId id = link.effect().id();
        Described described = Described.of(link.effect(), words);
        boolean isRepeated = !shown.add(id);
        page.line(indent + arrow + page.paint(Paint.BOLD, described.title()) + "  "
                + page.paint(Paint.DIM, names.of(id)) + (link.isHindsight() ? "  in hindsight, never said" : "")
                + (isRepeated ? "  as above" : ""));
        if (isRepeated) {
            return;
        }
        String below = indent + " ".repeat(arrow.length()) + DEEPER;
        page.line(below + Units.minute(link.effect().atMillis()) + "  "
                + Described.whereabouts(id, Described.key(link.effect()))
                + page.paint(
                        Paint.DIM,
                        "  definition " + link.by().definition().substring(0, 8) + ", program "
                                + link.by().semantics()));
        described.details().forEach(detail -> page.line(below + detail));
        link.causes().forEach(cause -> print(cause, below, "<- "));
    }

    private void print(Link.Input input, String indent, String arrow) {
        String role = input.role() == Link.Role.EVIDENCE ? "evidence" : "came about with";
        String below = indent + " ".repeat(arrow.length()) + DEEPER;
        switch (input.logged()) {
            case Logged.Arrived arrived -> {
                page.line(indent + arrow + role + ": "
                        + page.paint(Paint.NAME, arrived.event().type().name()) + " at "
                        + Units.minute(arrived.event().atMillis()) + "  "
                        + page.paint(
                                Paint.DIM,
                                arrived.origin().source() + ":"
                                        + arrived.origin().line()));
                raw(arrived.origin(), below);
            }
            case Logged.Rejection rejection -> page.line(indent + arrow + role + ": " + rejection.rejected());
            case Logged.Reported reported ->
                page.line(indent + arrow + role + ": "
                        + page.paint(Paint.NAME, reported.report().kind())
                        + " reported by " + reported.report().head().by() + ", at "
                        + Units.minute(reported.report().atMillis()));
            case Logged.Erased erased -> page.line(indent + arrow + role + ": a customer was erased");
            case Logged.Unreadable unreadable -> page.line(indent + arrow + role + ": erased");
            case Logged.Unmerged unmerged ->
                page.line(indent + arrow + role + ": " + unmerged.unmerge().one() + " and "
                        + unmerged.unmerge().other() + " were said not to be one customer");
            case Logged.Folded folded -> page.line(indent + arrow + role + ": a long past of a customer took effect");
            case Logged.Activated activated ->
                page.line(indent + arrow + role + ": definition "
                        + activated.definition().substring(0, 8) + " came into force");
            case Logged.Ticked ticked ->
                page.line(indent + arrow + role + ": time passed, to " + Units.minute(ticked.atMillis()));
        }
    }

    private void raw(Origin origin, String indent) {
        SourceLine line = lines.get(origin);
        if (line == null) {
            return;
        }
        page.line(indent
                + line.text()
                        .map(text -> page.paint(Paint.DIM, text))
                        .orElse("(the file " + line.path() + " is no longer there, or has no such line)"));
    }
}
