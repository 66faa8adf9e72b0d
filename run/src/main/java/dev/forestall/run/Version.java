package dev.forestall.run;

/** Which Forestall this is. */
public final class Version {

    /** Such as {@code 0.1.0}; {@code development} when it does not run from a jar. */
    public static final String TEXT = text();

    private Version() {}

    private static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
