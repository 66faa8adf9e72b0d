package dev.forestall.acceptance.gate;

import dev.forestall.loop.gate.Calendar;
import dev.forestall.loop.gate.Cap;
import dev.forestall.loop.gate.Consent;
import dev.forestall.loop.gate.DailyHours;
import dev.forestall.loop.gate.GateAnswer;
import dev.forestall.loop.gate.GateRules;
import dev.forestall.loop.gate.Purpose;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.State;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A gate with one thing wrong with it, because it is told something else than what is so. The oracle must notice each. */
enum GateMutant {
    NONE,
    SENDS_WITHOUT_CONSENT {
        @Override
        Purpose purpose(Purpose purpose) {
            return new Purpose(
                    purpose.name(),
                    purpose.priority(),
                    false,
                    purpose.respectsOptOut(),
                    purpose.decidedByPerson(),
                    purpose.ignoresQuiet(),
                    purpose.ignoresCaps());
        }
    },
    IGNORES_OBJECTIONS {
        @Override
        Purpose purpose(Purpose purpose) {
            return new Purpose(
                    purpose.name(),
                    purpose.priority(),
                    purpose.needsConsent(),
                    false,
                    purpose.decidedByPerson(),
                    purpose.ignoresQuiet(),
                    purpose.ignoresCaps());
        }
    },
    ASKS_CONSENT_FOR_EVERYTHING {
        @Override
        Purpose purpose(Purpose purpose) {
            return new Purpose(
                    purpose.name(),
                    purpose.priority(),
                    true,
                    purpose.respectsOptOut(),
                    purpose.decidedByPerson(),
                    purpose.ignoresQuiet(),
                    purpose.ignoresCaps());
        }
    },
    TAKES_WHAT_ARRIVES_LAST_FOR_THE_LATEST {
        @Override
        Consent consent(Consent said) {
            return again(said, said.position(), said.untilMillis(), said.purpose(), said.channel());
        }
    },
    LETS_CONSENT_STAND_WHEN_TIMES_ARE_EQUAL {
        @Override
        Consent consent(Consent said) {
            return said.isGiven() && said.atMillis() != Consent.UNKNOWN
                    ? again(said, said.atMillis() + 1, said.untilMillis(), said.purpose(), said.channel())
                    : said;
        }
    },
    TAKES_UNKNOWN_TIMES_FOR_KNOWN {
        @Override
        Consent consent(Consent said) {
            return again(said, said.knownByMillis(), said.untilMillis(), said.purpose(), said.channel());
        }
    },
    FORGETS_THAT_CONSENT_ENDS {
        @Override
        Consent consent(Consent said) {
            return said.isGiven()
                    ? new Consent(
                            true,
                            said.purpose(),
                            said.channel(),
                            said.atMillis(),
                            said.knownByMillis(),
                            Cells.NEVER,
                            said.source(),
                            said.position())
                    : said;
        }
    },
    TAKES_ONE_PURPOSE_FOR_ALL {
        @Override
        Consent consent(Consent said) {
            return withScope(said, "", said.channel());
        }
    },
    TAKES_ONE_CHANNEL_FOR_ALL {
        @Override
        Consent consent(Consent said) {
            return withScope(said, said.purpose(), "");
        }
    },
    SUPPRESSES_ALL_CHANNELS {
        @Override
        String suppressed(String channel) {
            return "";
        }
    },
    SUPPRESSES_A_MILLISECOND_TOO_LONG {
        @Override
        long suppressedFor(long millis) {
            return millis + 1;
        }
    },
    SUPPRESSES_FOR_HALF_AN_HOUR {
        @Override
        long suppressedFor(long millis) {
            return 1_800_000;
        }
    },
    DECIDES_WITHOUT_A_PERSON {
        @Override
        boolean isApproved(boolean approved) {
            return true;
        }
    },
    ASKS_A_PERSON_AGAIN {
        @Override
        boolean isApproved(boolean approved) {
            return false;
        }
    },
    HAS_ONE_ZONE_FOR_ALL {
        @Override
        @Nullable
        String zone(@Nullable String zone) {
            return null;
        }
    },
    KNOWS_NO_SUMMER_TIME {
        @Override
        @Nullable
        String zone(@Nullable String zone) {
            return "Europe/Berlin".equals(zone) ? "+01:00" : "Australia/Lord_Howe".equals(zone) ? "+10:30" : zone;
        }
    },
    HAS_NO_QUIET_HOURS {
        @Override
        GateRules rules(GateRules rules) {
            return with(rules, rules.caps(), null, rules.calendar(), rules.releaseMillis());
        }
    },
    IS_QUIET_A_MINUTE_TOO_LONG {
        @Override
        GateRules rules(GateRules rules) {
            DailyHours quiet = rules.quiet();
            return quiet == null || quiet.toMinute() + 1 == quiet.fromMinute() || quiet.toMinute() == DailyHours.DAY
                    ? rules
                    : with(
                            rules,
                            rules.caps(),
                            new DailyHours(quiet.fromMinute(), quiet.toMinute() + 1),
                            rules.calendar(),
                            rules.releaseMillis());
        }
    },
    IS_QUIET_UNTIL_MIDNIGHT_ONLY {
        @Override
        GateRules rules(GateRules rules) {
            DailyHours quiet = rules.quiet();
            return quiet == null || !quiet.crossesMidnight()
                    ? rules
                    : with(
                            rules,
                            rules.caps(),
                            new DailyHours(quiet.fromMinute(), DailyHours.DAY),
                            rules.calendar(),
                            rules.releaseMillis());
        }
    },
    RELEASES_TOO_LATE {
        @Override
        GateRules rules(GateRules rules) {
            return with(rules, rules.caps(), rules.quiet(), rules.calendar(), rules.releaseMillis() + 7_200_000);
        }
    },
    WORKS_ON_HOLIDAYS {
        @Override
        Calendar calendar(Calendar calendar) {
            return new Calendar(
                    calendar.name(), calendar.channels(), calendar.weekdays(), calendar.hours(), new TreeSet<>());
        }
    },
    WORKS_ON_ALL_DAYS {
        @Override
        Calendar calendar(Calendar calendar) {
            return new Calendar(
                    calendar.name(),
                    calendar.channels(),
                    new TreeSet<>(List.of(java.time.DayOfWeek.values())),
                    calendar.hours(),
                    calendar.holidays());
        }
    },
    WORKS_AT_ALL_HOURS {
        @Override
        Calendar calendar(Calendar calendar) {
            return new Calendar(
                    calendar.name(),
                    calendar.channels(),
                    calendar.weekdays(),
                    new DailyHours(0, DailyHours.DAY),
                    calendar.holidays());
        }
    },
    HAS_A_CALENDAR_FOR_ALL_CHANNELS {
        @Override
        Calendar calendar(Calendar calendar) {
            return new Calendar(calendar.name(), List.of(), calendar.weekdays(), calendar.hours(), calendar.holidays());
        }
    },
    ALLOWS_ONE_MORE {
        @Override
        Cap cap(Cap cap) {
            return new Cap(cap.scope(), cap.name(), cap.times() + 1, cap.withinMillis());
        }
    },
    COUNTS_A_MILLISECOND_TOO_LONG {
        @Override
        Cap cap(Cap cap) {
            return new Cap(cap.scope(), cap.name(), cap.times(), cap.withinMillis() + 1);
        }
    },
    COUNTS_A_MILLISECOND_TOO_SHORT {
        @Override
        Cap cap(Cap cap) {
            return new Cap(cap.scope(), cap.name(), cap.times(), cap.withinMillis() - 1);
        }
    },
    COUNTS_EVERYTHING_IN_EVERY_CAP {
        @Override
        Cap cap(Cap cap) {
            return new Cap(Cap.Scope.ALL, "", cap.times(), cap.withinMillis());
        }
    },
    COUNTS_EXEMPT_PURPOSES {
        @Override
        Purpose purpose(Purpose purpose) {
            return new Purpose(
                    purpose.name(),
                    purpose.priority(),
                    purpose.needsConsent(),
                    purpose.respectsOptOut(),
                    purpose.decidedByPerson(),
                    purpose.ignoresQuiet(),
                    false);
        }
    },
    KEEPS_EVERYBODY_QUIET {
        @Override
        Purpose purpose(Purpose purpose) {
            return new Purpose(
                    purpose.name(),
                    purpose.priority(),
                    purpose.needsConsent(),
                    purpose.respectsOptOut(),
                    purpose.decidedByPerson(),
                    false,
                    purpose.ignoresCaps());
        }
    },
    NEVER_ENDS_A_RESERVATION {
        @Override
        long reservedUntil(long untilMillis) {
            return Long.MAX_VALUE / 2;
        }
    },
    RESERVES_NOTHING {
        @Override
        long reservedUntil(long untilMillis) {
            return Long.MIN_VALUE / 2;
        }
    },
    COUNTS_ONLY_RESERVATIONS {
        @Override
        boolean hearsOfContacts() {
            return false;
        }
    },
    COUNTS_WHAT_WAS_NOT_SENT {
        @Override
        boolean hearsOfNoContact() {
            return false;
        }
    },
    REMEMBERS_NOTHING {
        @Override
        State state(State state) {
            return State.EMPTY;
        }
    },
    REFUSES_WHAT_CAN_WAIT {
        @Override
        GateAnswer answer(GateAnswer answer) {
            return answer instanceof GateAnswer.Deferred deferred
                    ? new GateAnswer.Refused(deferred.rule(), deferred.value())
                    : answer;
        }
    };

    Purpose purpose(Purpose purpose) {
        return purpose;
    }

    Consent consent(Consent said) {
        return said;
    }

    String suppressed(String channel) {
        return channel;
    }

    long suppressedFor(long millis) {
        return millis;
    }

    boolean isApproved(boolean approved) {
        return approved;
    }

    @Nullable
    String zone(@Nullable String zone) {
        return zone;
    }

    Cap cap(Cap cap) {
        return cap;
    }

    Calendar calendar(Calendar calendar) {
        return calendar;
    }

    long reservedUntil(long untilMillis) {
        return untilMillis;
    }

    boolean hearsOfContacts() {
        return true;
    }

    boolean hearsOfNoContact() {
        return true;
    }

    State state(State state) {
        return state;
    }

    GateAnswer answer(GateAnswer answer) {
        return answer;
    }

    GateRules rules(GateRules rules) {
        List<Cap> caps =
                rules.caps().stream().map((UnaryOperator<Cap>) this::cap).toList();
        Calendar calendar = rules.calendar() == null ? null : calendar(rules.calendar());
        return with(rules, caps, rules.quiet(), calendar, rules.releaseMillis());
    }

    private static GateRules with(
            GateRules rules,
            List<Cap> caps,
            @Nullable DailyHours quiet,
            @Nullable Calendar calendar,
            long releaseMillis) {
        return new GateRules(
                rules.consents(),
                rules.suppressions(),
                caps,
                quiet,
                calendar,
                rules.zone(),
                rules.zoneElse(),
                releaseMillis);
    }

    /** The same at a known time. */
    private static Consent again(Consent said, long atMillis, long untilMillis, String purpose, String channel) {
        return said.isGiven()
                ? Consent.given(purpose, channel, atMillis, untilMillis, said.source(), said.position())
                : Consent.withdrawn(purpose, channel, atMillis, said.source(), said.position());
    }

    private static Consent withScope(Consent said, String purpose, String channel) {
        return new Consent(
                said.isGiven(),
                purpose,
                channel,
                said.atMillis(),
                said.knownByMillis(),
                said.untilMillis(),
                said.source(),
                said.position());
    }
}
