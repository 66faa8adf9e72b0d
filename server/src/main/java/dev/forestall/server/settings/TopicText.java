package dev.forestall.server.settings;

import dev.forestall.server.settings.Settings.Kafka.Format;
import dev.forestall.server.settings.Settings.Kafka.Topic;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a topic is written: {@code orders=shop:json}. */
final class TopicText {

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9._-]{1,249})=([a-z][a-z0-9_]*):(json|cloudevents|debezium)");

    private TopicText() {}

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    static Topic read(String text, boolean fromEnd) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no topic: " + text);
        }
        Format format = Format.valueOf(matcher.group(3).toUpperCase(Locale.ROOT));
        return new Topic(matcher.group(1), matcher.group(2), format, fromEnd);
    }
}
