package dev.forestall.loop.gate;

import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Words;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pack declares about reaching customers. Immutable.
 *
 * @param consents which events say that somebody agrees or objects, beside what channels report
 * @param suppressions which events keep a customer from being contacted for some time
 * @param caps how often a customer may be contacted
 * @param quiet in which hours nobody is contacted; null for none
 * @param calendar outside of which nobody is contacted; null for none
 * @param zone where the customer is, as an IANA name; null when the pack does not say
 * @param zoneElse where a customer is of whom that is not known, or who is in a zone of no known name
 * @param releaseMillis over so long after quiet or closed hours what was held back goes out, so that not all leaves at once; 0 for at once
 */
public record GateRules(
        List<ConsentRule> consents,
        List<SuppressionRule> suppressions,
        List<Cap> caps,
        @Nullable DailyHours quiet,
        @Nullable Calendar calendar,
        @Nullable Words zone,
        ZoneId zoneElse,
        long releaseMillis) {

    /** No rule but those of the purposes. */
    public static final GateRules NONE =
            new GateRules(List.of(), List.of(), List.of(), null, null, null, ZoneId.of("UTC"), 0);

    /**
     * Events of the pack that say what a customer agrees to. Where the event leaves out the purpose or channel that the rule asks it for, a
     * consent is none, and an objection is one to all.
     *
     * @param of which events
     * @param isGiven whether they say that the customer agrees; false when they object
     * @param purpose what for; null for every purpose
     * @param channel on which channel; null for every channel
     * @param untilMillis from when on it is no more, in milliseconds since 1970; null for no end
     */
    public record ConsentRule(
            EventPattern of,
            boolean isGiven,
            @Nullable Words purpose,
            @Nullable Words channel,
            @Nullable Formula untilMillis) {}

    /**
     * Events after which a customer is not contacted for some time.
     *
     * @param of which events
     * @param channel on which channel; null for every one
     * @param forMillis for how long, above 0
     */
    public record SuppressionRule(EventPattern of, @Nullable Words channel, long forMillis) {}

    public GateRules {
        consents = List.copyOf(consents);
        suppressions = List.copyOf(suppressions);
        caps = List.copyOf(caps);
        if (releaseMillis < 0) {
            throw new IllegalArgumentException("a release within " + releaseMillis + " ms is impossible");
        }
    }
}
