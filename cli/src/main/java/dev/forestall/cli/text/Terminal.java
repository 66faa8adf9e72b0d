package dev.forestall.cli.text;

import java.util.Map;

/**
 * Whether people look at what is written.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is a terminal
 * @param colours whether colours are welcome there
 */
public record Terminal(boolean out, boolean err, boolean colours) {

    /** Nobody looks: a file, a pipe, a test. */
    public static final Terminal NONE = new Terminal(false, false, false);

    /** Set by the launcher, which can ask the system about each stream: names those that are terminals, such as {@code out,err}. */
    public static final String PROPERTY = "forestall.terminal";

    /** From the launcher's findings; without them nobody is assumed to look, because Java cannot tell the streams apart. */
    public static Terminal detect(Map<String, String> environment) {
        String streams = System.getProperty(PROPERTY, "");
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Terminal(streams.contains("out"), streams.contains("err"), colours);
    }
}
