package dev.forestall.pack;

import dev.forestall.loop.report.ReportEvents;
import dev.forestall.pack.source.Node;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Entry;
import dev.forestall.pack.source.Node.Items;
import dev.forestall.pack.source.Node.Scalar;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which built-in event types a pack uses: those whose names it writes down anywhere but in its tracking plan and in texts for people. The
 * others are left out of its tracking plan, so that nothing is remembered for them.
 */
final class BuiltInEvents {

    private static final Pattern WORD = Pattern.compile("[a-z_]+");

    private final SortedSet<String> words = new TreeSet<>();

    private BuiltInEvents() {}

    /** In the order of {@link ReportEvents#names}. */
    static List<String> usedIn(Entries pack) {
        BuiltInEvents used = new BuiltInEvents();
        for (Entry entry : pack.entries()) {
            if (!entry.key().text().equals("events")) {
                used.look(entry.value());
            }
        }
        return ReportEvents.names().stream().filter(used.words::contains).toList();
    }

    private void look(Node node) {
        switch (node) {
            case Scalar scalar -> look(scalar);
            case Items items -> items.nodes().forEach(this::look);
            case Entries entries ->
                entries.entries().stream()
                        .filter(each -> !each.key().text().matches("says|description"))
                        .forEach(each -> {
                            look(each.key());
                            look(each.value());
                        });
        }
    }

    private void look(Scalar scalar) {
        Matcher found = WORD.matcher(scalar.text());
        while (found.find()) {
            words.add(found.group());
        }
    }
}
