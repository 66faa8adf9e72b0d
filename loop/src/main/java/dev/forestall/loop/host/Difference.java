package dev.forestall.loop.host;

import dev.forestall.loop.Definition;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.state.Layout;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the exchange of one definition for another means for what subjects remember.
 *
 * <ul>
 *   <li>What reads the same is carried: it goes on as if nothing had changed.
 *   <li>What has been said and done is carried too, whatever has changed: open alerts, when somebody was contacted, decisions whose
 *       outcome is awaited. Another definition does not make it undone.
 *   <li>What is new or reads something else is filled from the log, as if it had always been declared.
 *   <li>What subjects tell each other was never told for what is new: it begins with nothing.
 * </ul>
 *
 * @param declarations by declaration, such as {@code signal.late}, what becomes of it
 * @param carried names of the slots that are carried
 * @param filled names of the slots that are filled
 * @param isLayoutKept whether states stay as they are, to the byte
 */
public record Difference(
        SortedMap<String, Fate> declarations,
        SortedSet<String> carried,
        SortedSet<String> filled,
        boolean isLayoutKept) {

    /** What becomes of a declaration. */
    public enum Fate {
        UNCHANGED("unchanged"),
        /** Reads something else than before, but what was said under its name stays. */
        CARRIED("changed; what was said and done so far stays"),
        /** Changed, and filled from the log. */
        REFILLED("changed, filled from the log"),
        /** New, and filled from the log. */
        ADDED("new, filled from the log"),
        /** New or changed, and knows nothing of what was before. */
        BEGINS("begins without a past"),
        REMOVED("removed");

        private final String words;

        Fate(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    public Difference {
        declarations = Collections.unmodifiableSortedMap(declarations);
        carried = Collections.unmodifiableSortedSet(carried);
        filled = Collections.unmodifiableSortedSet(filled);
    }

    public static Difference between(Definition from, Definition to) {
        Layout before = from.layout();
        Layout after = to.layout();
        SortedMap<String, Fate> fates = new TreeMap<>();
        SortedSet<String> carried = new TreeSet<>();
        SortedSet<String> filled = new TreeSet<>();
        for (Layout.Owner owner : after.owners()) {
            int number = before.number(owner.name());
            boolean isSame =
                    number >= 0 && before.owners().get(number).content().equals(owner.content());
            Fate fate;
            if (isSame) {
                fate = Fate.UNCHANGED;
            } else if (isSaid(owner)) {
                fate = number >= 0 ? Fate.CARRIED : Fate.BEGINS;
            } else if (isTold(owner, to)) {
                fate = Fate.BEGINS;
            } else {
                fate = number >= 0 ? Fate.REFILLED : Fate.ADDED;
            }
            if (fate == Fate.UNCHANGED || fate == Fate.CARRIED) {
                carried.add(owner.name());
            } else if (fate != Fate.BEGINS) {
                filled.add(owner.name());
            }
            fates.putIfAbsent(owner.declaration(), fate);
        }
        for (Layout.Owner owner : before.owners()) {
            if (after.number(owner.name()) < 0) {
                fates.putIfAbsent(owner.declaration(), Fate.REMOVED);
            }
        }
        boolean isKept = before.names().equals(after.names())
                && carried.size() == after.owners().size();
        return new Difference(fates, carried, filled, isKept);
    }

    /** What is remembered of decisions, contacts and alerts says what was really done. */
    private static boolean isSaid(Layout.Owner owner) {
        String declaration = owner.declaration();
        return declaration.equals("gate")
                || declaration.equals("requests")
                || declaration.startsWith("resource.")
                || declaration.startsWith("alert.")
                || declaration.startsWith("policy.")
                || declaration.startsWith("cap.")
                || declaration.startsWith("outcome.");
    }

    /** What lives by messages: groups, what is known of others, who depends on whom, how busy a resource is. */
    private static boolean isTold(Layout.Owner owner, Definition definition) {
        return !owner.name().equals(owner.declaration())
                || definition.signals().all().stream()
                        .anyMatch(each -> owner.declaration().equals("signal." + each.name())
                                && each.detector() instanceof Cohort);
    }
}
