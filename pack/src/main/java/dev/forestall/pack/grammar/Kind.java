package dev.forestall.pack.grammar;

import java.util.regex.Pattern;

/** The kinds of single values. */
public enum Kind {
    NAME("a name of letters, digits and _, beginning with a letter", "[A-Za-z][A-Za-z0-9_]{0,63}"),
    EVENT_NAME("the name of an event, at most 100 characters", "[^\\x00-\\x1f\\x7f'\"]{1,100}"),
    TEXT("a text", "[\\s\\S]+"),
    DURATION("a duration such as 7d, 12h or 2h30m", Kind.LENGTH),
    SPAN("a duration above 0 such as 7d, 12h or 2h30m", Kind.LENGTH),
    WAIT(
            "a duration such as 7d or 2h30m, or learned(p90) with p50, p75, p90, p95 or p99",
            Kind.LENGTH + "|learned\\((?:p50|p75|p90|p95|p99)\\)"),
    PERCENT("a percentage such as 40%", Kind.SHARE),
    EXCESS("a percentage such as 40%, or expected(99%)", Kind.SHARE + "|expected\\(" + Kind.SHARE + "\\)"),
    NUMBER("a number such as 3.5", "-?[0-9]{1,15}(?:\\.[0-9]{1,15})?"),
    AMOUNT("an amount of money such as 4.20, in the pack's currency", "[0-9]{1,12}(?:\\.[0-9]{1,4})?"),
    CURRENCY("a currency of three letters such as EUR", "[A-Z]{3}"),
    RATE("a number of times and a duration such as 2 per 7d", "[0-9]{1,4} per " + Kind.LENGTH),
    CONDITION("a condition in CEL such as amount > 1000.0", "[\\s\\S]+"),
    FORMULA("a formula in CEL such as amount * 0.04", "[\\s\\S]+"),
    WORDS("a text in CEL such as event.branch", "[\\s\\S]+"),
    EVENTS("the name of an event, or a condition in CEL such as type == 'contact'", "[\\s\\S]+"),
    FILE_NAME("the name of a file such as call-back.bpmn", "[A-Za-z0-9][A-Za-z0-9_.-]{0,99}"),
    ZONE("a time zone such as Europe/Amsterdam or UTC", "[A-Za-z0-9_+:/-]{1,60}"),
    HOURS(
            "a part of a day such as 21:00-08:00",
            "(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)"),
    DATE("a date such as 2026-12-25", "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"),
    CALENDAR_NAME("a name of lower-case letters, digits, - and _", "[a-z][a-z0-9_-]{0,63}"),
    MARK("one character", "."),
    TIME_FORMAT(
            "iso, epoch_millis, epoch_micros, epoch_seconds or a pattern such as dd.MM.yyyy HH:mm:ss",
            "[\\s\\S]{1,80}"),
    DELIMITER("one character, or tab", "tab|."),
    TRIGGER(
            "signal. or context. and the name of a signal, or a level of a risk such as risk.leaves > 0.35",
            "(?:signal\\.|context\\.)?[A-Za-z][A-Za-z0-9_]{0,63}|risk\\.[A-Za-z][A-Za-z0-9_]{0,63} > 0\\.[0-9]{1,6}"),
    WITHDRAWAL(
            "cause ends, never, or a trigger and ends such as signal.outage ends",
            "cause ends|never|(?:(?:signal|context)\\.[A-Za-z][A-Za-z0-9_]{0,63}|risk\\.[A-Za-z][A-Za-z0-9_]{0,63} > 0\\.[0-9]{1,6}) ends"),
    OUTCOME(
            "any(EVENT, ..), none(EVENT, ..), fails(JOURNEY) or stalls(JOURNEY), or a mapping",
            "(?:any|none|fails|stalls)\\([^()]{1,2000}\\)"),
    MOMENT(
            "event, day, hour, a duration such as 6h, step(JOURNEY.STEP) or signal. and the name of a signal",
            "event|day|hour|" + Kind.LENGTH
                    + "|step\\([A-Za-z][A-Za-z0-9_]{0,63}\\.[A-Za-z][A-Za-z0-9_]{0,63}\\)"
                    + "|signal\\.[A-Za-z][A-Za-z0-9_]{0,63}"),
    FLAG("true or false", "true|false");

    private static final String LENGTH = "(?:[0-9]{1,12}(?:ms|s|m|h|d|w))+";
    private static final String SHARE = "[0-9]{1,3}(?:\\.[0-9]{1,6})?%";

    private final String expected;
    private final String regex;
    private final Pattern pattern;

    Kind(String expected, String regex) {
        this.expected = expected;
        this.regex = regex;
        this.pattern = Pattern.compile(regex);
    }

    /** For people: what such a value looks like. */
    public String expected() {
        return expected;
    }

    /** A regular expression for the whole of it, the same in Java and in ECMAScript. */
    String regex() {
        return regex;
    }

    boolean accepts(String text) {
        return pattern.matcher(text).matches();
    }

    /** Whether YAML may give such a value as something else than text: a number or a truth value. */
    boolean mayBeBare() {
        return this == NUMBER || this == AMOUNT || this == FLAG || this == TEXT || this == FORMULA || this == CONDITION;
    }
}
