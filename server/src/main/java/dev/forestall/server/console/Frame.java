package dev.forestall.server.console;

import dev.forestall.server.security.Access;
import java.util.List;

/**
 * What stands around every page.
 *
 * @param title of the page
 * @param path of the menu's entry that is open
 * @param user who has signed in; empty for nobody
 * @param roles theirs
 * @param csrf goes along with whatever a page sends
 * @param banners what everybody has to know, on every page
 */
public record Frame(String title, String path, String user, List<String> roles, String csrf, List<Banner> banners) {

    public Frame {
        roles = List.copyOf(roles);
        banners = List.copyOf(banners);
    }

    /** @param isAlarming whether something was stopped, or else is only as it was left */
    public record Banner(String text, boolean isAlarming) {}

    /** An entry of the menu. */
    public record Entry(String path, String title, String key) {}

    /** From top to bottom; the key opens an entry behind {@code g}. */
    private static final List<Entry> MENU = List.of(
            new Entry("/now", "Now", "n"),
            new Entry("/customers", "Customers", "c"),
            new Entry("/actions", "Actions", "x"),
            new Entry("/value", "Value", "v"),
            new Entry("/rejected", "Rejected", "j"),
            new Entry("/system", "System", "s"));

    /** What the user may open. */
    public List<Entry> menu() {
        return MENU.stream().filter(entry -> mayOpen(entry.path)).toList();
    }

    /** Whether the user may open a page. */
    public boolean mayOpen(String page) {
        return Access.mayOpen(page, roles);
    }

    public boolean mayErase() {
        return Access.mayErase(roles);
    }

    public boolean isSignedIn() {
        return !user.isEmpty();
    }

    public boolean isOpen(Entry entry) {
        return path.equals(entry.path());
    }
}
