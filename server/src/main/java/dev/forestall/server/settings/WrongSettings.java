package dev.forestall.server.settings;

import java.util.List;

/** Settings that make no sense: all that is wrong with them. */
public final class WrongSettings extends RuntimeException {

    private static final long serialVersionUID = 1;

    public WrongSettings(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
