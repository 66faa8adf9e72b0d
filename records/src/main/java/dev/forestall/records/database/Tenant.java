package dev.forestall.records.database;

import java.util.regex.Pattern;

/**
 * Whose rows they are.
 *
 * @param name letters, digits and dashes, at most 63; it stands in every row
 */
public record Tenant(String name) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62})");

    /** Where there is only one. */
    public static final Tenant DEFAULT = new Tenant("default");

    public Tenant {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' is no name of a tenant: small letters, digits and dashes, at most 63, not a dash at first");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
