package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Exit;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** Reads instants as people type them: UTC unless they say otherwise. */
final class Moments {

    private static final List<Function<String, Instant>> WAYS = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC),
            text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

    private Moments() {}

    static long millis(String option, String text) {
        for (Function<String, Instant> way : WAYS) {
            try {
                return way.apply(text).toEpochMilli();
            } catch (DateTimeException other) {
                // Then it is written in another way.
                continue;
            }
        }
        throw CliError.WRONG_VALUE.because(
                Exit.USAGE,
                option + " is '" + text
                        + "'; expected an instant such as 2012-01-31, 2012-01-31T18:00 (UTC) or 2012-01-31T18:00:00+01:00");
    }
}
