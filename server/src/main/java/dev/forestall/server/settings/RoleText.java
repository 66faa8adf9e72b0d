package dev.forestall.server.settings;

import dev.forestall.server.security.Role;
import java.util.Optional;

/** How a group and its role are written: {@code customer-care=agent}. */
final class RoleText {

    private RoleText() {}

    record Given(String group, Role role) {}

    static Optional<Given> read(String text) {
        int equals = text.lastIndexOf('=');
        String group = equals < 0 ? "" : text.substring(0, equals).strip();
        return group.isEmpty()
                ? Optional.empty()
                : Role.of(text.substring(equals + 1).strip()).map(role -> new Given(group, role));
    }
}
