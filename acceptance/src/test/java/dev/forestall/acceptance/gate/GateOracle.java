package dev.forestall.acceptance.gate;

import dev.forestall.acceptance.gate.Declared.Asked;
import dev.forestall.loop.gate.Cap;
import dev.forestall.loop.gate.Consent;
import dev.forestall.loop.gate.DailyHours;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate must answer, from the text of its rules and the whole history: every statement, suppression and contact is looked at each
 * time, and clocks are read minute by minute.
 */
final class GateOracle {

    /**
     * What must be answered.
     *
     * @param rule that objects; empty for none
     * @param fromMillis when it must be asked again at the earliest; {@link Long#MAX_VALUE} when an answer is waited for; -1 for a refusal
     * @param untilMillis and at the latest
     */
    record Verdict(String rule, long fromMillis, long untilMillis) {

        static final Verdict ALLOWED = new Verdict("", 0, 0);

        static Verdict refused(String rule) {
            return new Verdict(rule, -1, -1);
        }
    }

    private final Declared declared;
    private final List<Said> past = new ArrayList<>();

    GateOracle(Declared declared) {
        this.declared = declared;
    }

    void hears(Said said) {
        past.add(said);
    }

    /** Every right answer: where caps become free while what was held back is let go, there are two. */
    List<Verdict> answers(Said.Question question) {
        long now = question.atMillis();
        Asked asked = question.asked();
        String objection = objection(asked, now);
        if (!objection.isEmpty()) {
            return List.of(Verdict.refused(objection));
        }
        if (isSuppressed(asked, now)) {
            return List.of(Verdict.refused("suppressed"));
        }
        Verdict closed = asked.purpose().ignoresQuiet()
                ? Verdict.ALLOWED
                : closed(asked, Instant.ofEpochMilli(now).atZone(zone()));
        if (closed.fromMillis == -1) {
            return List.of(closed);
        }
        List<Verdict> right = new ArrayList<>();
        if (isCapped(asked, closed.rule.isEmpty() ? now : closed.fromMillis)) {
            right.add(Verdict.refused("cap"));
        }
        if (!isCapped(asked, closed.rule.isEmpty() ? now : closed.untilMillis)) {
            boolean waits = asked.purpose().decidedByPerson() && !asked.isApproved();
            right.add(waits ? new Verdict("person", Long.MAX_VALUE, Long.MAX_VALUE) : closed);
        }
        return right;
    }

    /** Consent: what stands is decided by comparing all statements about the purpose and channel with each other. */
    private String objection(Asked asked, long now) {
        List<Consent> about = new ArrayList<>();
        for (Said said : past) {
            if (said instanceof Said.Agreement agreement
                    && List.of("", asked.purpose().name())
                            .contains(agreement.consent().purpose())
                    && List.of("", asked.channel()).contains(agreement.consent().channel())) {
                about.add(agreement.consent());
            }
        }
        boolean isWithdrawn = false;
        boolean isGiven = false;
        long endsMillis = Long.MAX_VALUE;
        for (Consent each : about) {
            boolean isReplaced = about.stream()
                    .anyMatch(other -> other.atMillis() != Consent.UNKNOWN && other.atMillis() > each.knownByMillis());
            if (!isReplaced && each.isGiven()) {
                isGiven = true;
                endsMillis = Math.min(endsMillis, each.untilMillis());
            } else if (!isReplaced) {
                isWithdrawn = true;
            }
        }
        if (isWithdrawn && asked.purpose().respectsOptOut()) {
            return "opt_out";
        }
        boolean agrees = isGiven && !isWithdrawn && now < endsMillis;
        return asked.purpose().needsConsent() && !agrees ? "consent" : "";
    }

    private boolean isSuppressed(Asked asked, long now) {
        return past.stream()
                .anyMatch(said -> said instanceof Said.Suppression suppression
                        && List.of("", asked.channel()).contains(suppression.channel())
                        && now >= suppression.sinceMillis()
                        && now < suppression.sinceMillis() + suppression.forMillis());
    }

    private ZoneId zone() {
        String name = null;
        for (Said said : past) {
            if (said instanceof Said.Zone zone) {
                name = zone.zone();
            }
        }
        return zone(name);
    }

    private ZoneId zone(@Nullable String name) {
        if (name == null) {
            return ZoneId.of(declared.zoneElse());
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return ZoneId.of(declared.zoneElse());
        }
    }

    private Verdict closed(Asked asked, ZonedDateTime now) {
        if (isOpen(asked, now)) {
            return Verdict.ALLOWED;
        }
        String rule = isQuiet(now) ? "quiet" : "calendar";
        ZonedDateTime opens = now.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        while (!isOpen(asked, opens)) {
            opens = opens.plusMinutes(1);
            if (Duration.between(now, opens).toDays() > 401) {
                return Verdict.refused("calendar");
            }
        }
        ZonedDateTime latest = opens;
        ZonedDateTime end = opens.plus(Duration.ofMillis(declared.releaseMillis()));
        while (latest.isBefore(end) && isOpen(asked, latest)) {
            latest = latest.plusMinutes(1);
        }
        return new Verdict(
                rule, opens.toInstant().toEpochMilli(), latest.toInstant().toEpochMilli());
    }

    private boolean isOpen(Asked asked, ZonedDateTime at) {
        var calendar = declared.calendar();
        if (isQuiet(at)) {
            return false;
        }
        if (calendar == null
                || !calendar.channels().isEmpty() && !calendar.channels().contains(asked.channel())) {
            return true;
        }
        return calendar.weekdays().contains(at.getDayOfWeek())
                && !calendar.holidays().contains(at.toLocalDate())
                && isWithin(calendar.hours(), at);
    }

    private boolean isQuiet(ZonedDateTime at) {
        DailyHours quiet = declared.quiet();
        return quiet != null && isWithin(quiet, at);
    }

    private static boolean isWithin(DailyHours hours, ZonedDateTime at) {
        int minute = at.getHour() * 60 + at.getMinute();
        return hours.toMinute() > hours.fromMinute()
                ? hours.fromMinute() <= minute && minute < hours.toMinute()
                : hours.fromMinute() <= minute || minute < hours.toMinute();
    }

    boolean isCapped(Asked asked, long now) {
        return !asked.purpose().ignoresCaps()
                && declared.caps().stream().anyMatch(cap -> concerns(cap, asked) && contacts(cap, now) >= cap.times());
    }

    /** How many of the requests count that were reserved or reached the customer: the latest that was said of each decides. */
    private int contacts(Cap cap, long now) {
        int count = 0;
        for (int i = 0; i < past.size(); i++) {
            Said said = past.get(i);
            Integer request = request(said);
            if (request == null
                    || past.subList(i + 1, past.size()).stream().anyMatch(later -> request.equals(request(later)))) {
                continue;
            }
            long since = now - cap.withinMillis();
            count += switch (said) {
                case Said.Reservation reservation ->
                    counts(cap, reservation.asked())
                                    && reservation.atMillis() > since
                                    && now < reservation.untilMillis()
                            ? 1
                            : 0;
                case Said.Contact contact -> counts(cap, contact.asked()) && contact.contactedMillis() > since ? 1 : 0;
                default -> 0;
            };
        }
        return count;
    }

    private static @Nullable Integer request(Said said) {
        return switch (said) {
            case Said.Reservation reservation -> Integer.valueOf(reservation.request());
            case Said.Contact contact -> Integer.valueOf(contact.request());
            case Said.NoContact none -> Integer.valueOf(none.request());
            default -> null;
        };
    }

    private static boolean counts(Cap cap, Asked asked) {
        return !asked.purpose().ignoresCaps() && concerns(cap, asked);
    }

    private static boolean concerns(Cap cap, Asked asked) {
        return switch (cap.scope()) {
            case ALL -> true;
            case PURPOSE -> cap.name().equals(asked.purpose().name());
            case CHANNEL -> cap.name().equals(asked.channel());
        };
    }
}
