package dev.forestall.records.database;

/**
 * Where a database is, and as whom it is used.
 *
 * @param url for JDBC, without a password: {@code jdbc:postgresql://db.example:5432/forestall}
 * @param owner owns the tables and changes them when a version needs other ones
 * @param application does all the daily work: it owns no table and is no superuser, so that no statement of it can see another tenant's rows
 */
public record Access(String url, Login owner, Login application) {

    /** The role that the application works as. */
    public static final String APPLICATION_ROLE = "forestall_application";

    /**
     * A name and its password.
     *
     * @param role that statements run as; where it is not the user, the user must be a member of it
     */
    public record Login(String user, String password, String role) {

        public Login(String user, String password) {
            this(user, password, user);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return user + (role.equals(user) ? "" : " as " + role);
        }
    }

    /**
     * A database of which one login is known: it owns the tables, and daily work takes the role {@value #APPLICATION_ROLE} instead of its own.
     * The role is made if it is missing.
     */
    public static Access of(String url, String user, String password) {
        return new Access(url, new Login(user, password), new Login(user, password, APPLICATION_ROLE));
    }
}
