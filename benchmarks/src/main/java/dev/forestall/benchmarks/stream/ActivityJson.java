package dev.forestall.benchmarks.stream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes an activity as one JSON line in the form of the usual tracking libraries, about 252 bytes with the line's end. */
final class ActivityJson {

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String[] LOCALES = {"en-GB", "de-DE", "fr-FR", "nl-NL", "es-ES", "pl-PL"};
    private static final String[] SECTIONS = {"home", "shoes", "garden", "kitchen", "account", "sale"};

    private ActivityJson() {}

    static byte[] line(Activity activity) {
        var draw = Chance.mix(activity.sequence() + 1L);
        var text = "{\"messageId\":\"" + messageId(activity.sequence())
                + "\",\"type\":\"track\",\"userId\":\"" + activity.customer()
                + "\",\"event\":\"" + activity.type()
                + "\",\"timestamp\":\"" + MILLIS.format(Instant.ofEpochMilli(activity.at()))
                + "\",\"properties\":{\"path\":\"/" + pick(SECTIONS, draw) + "/" + (draw >>> 44)
                + "\",\"amount\":" + (draw & 0xFFFF) / 100.0
                + "},\"context\":{\"ip\":\"10." + (draw >>> 8 & 0xFF) + "." + (draw >>> 16 & 0xFF) + "."
                + (draw >>> 24 & 0xFF)
                + "\",\"locale\":\"" + pick(LOCALES, draw >>> 32) + "\",\"library\":\"js-2\"}}\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The id under which the sender would repeat the same event. */
    static String messageId(int sequence) {
        var hex = Long.toHexString(Chance.mix(~(long) sequence));
        return "m-" + "0".repeat(16 - hex.length()) + hex;
    }

    private static String pick(String[] values, long draw) {
        return values[(int) Long.remainderUnsigned(draw, values.length)];
    }
}
