package dev.forestall.server.console;

import java.util.List;

/**
 * What stands around every page.
 *
 * @param title of the page
 * @param path of the menu's entry that is open
 * @param user who has signed in; empty for nobody
 * @param csrf goes along with whatever a page sends
 * @param banners what everybody has to know, on every page
 */
public record Frame(String title, String path, String user, String csrf, List<Banner> banners) {

    public Frame {
        banners = List.copyOf(banners);
    }

    /** @param isAlarming whether something was stopped, or else is only as it was left */
    public record Banner(String text, boolean isAlarming) {}

    /** An entry of the menu. */
    public record Entry(String path, String title, String key) {}

    /** The menu, from top to bottom; the key opens an entry behind {@code g}. */
    public static final List<Entry> MENU = List.of(
            new Entry("/now", "Now", "n"),
            new Entry("/customers", "Customers", "c"),
            new Entry("/actions", "Actions", "x"),
            new Entry("/value", "Value", "v"),
            new Entry("/rejected", "Rejected", "j"),
            new Entry("/system", "System", "s"));

    public boolean isSignedIn() {
        return !user.isEmpty();
    }

    public boolean isOpen(Entry entry) {
        return path.equals(entry.path());
    }
}
