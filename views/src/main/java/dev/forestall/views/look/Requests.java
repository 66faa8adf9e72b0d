package dev.forestall.views.look;

import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.ActionRequest.Reach;
import dev.forestall.loop.action.ActionRequest.Schedule;
import dev.forestall.loop.action.ActionRequest.Source;
import dev.forestall.loop.request.Permit;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.views.Units;
import java.util.ArrayList;
import java.util.List;

/** Action requests, and what becomes of them, in words. */
final class Requests {

    private Requests() {}

    static Described request(ActionRequest request) {
        Reach reach = request.reach();
        Schedule schedule = request.schedule();
        List<String> details = new ArrayList<>();
        details.add("costs " + Units.money(request.task().cost()) + "; purpose " + reach.purpose() + ", priority "
                + reach.priority());
        if (reach.channels().size() > 1) {
            details.add("else by "
                    + String.join(
                            ", ", reach.channels().subList(1, reach.channels().size())));
        }
        if (request.isLive()) {
            details.add("due " + Units.minute(schedule.dueMillis()) + ", expires "
                    + Units.minute(schedule.expiresMillis()));
        } else {
            details.add("from history: nothing is sent");
        }
        if (request.source() instanceof Source.OfReport report) {
            details.add("requested by " + report.by() + ": " + report.reason());
        }
        return new Described(
                "action " + request.task().action() + " on " + reach.channels().getFirst(), details);
    }

    static Described permit(Permit permit) {
        return new Described(
                "permit for " + permit.request().action() + " on " + permit.channel(),
                List.of("attempt " + permit.attempt() + "; valid for "
                        + Units.duration(permit.validUntilMillis() - permit.atMillis())));
    }

    static Described change(RequestChange change) {
        String request = "request for " + change.request().action() + " ";
        return switch (change) {
            case RequestChange.Deferred deferred ->
                new Described(
                        request + "deferred until " + Units.minute(deferred.untilMillis()),
                        List.of(deferred.rule().key() + ": " + deferred.value()));
            case RequestChange.Held held ->
                new Described(request + "held", List.of(held.rule().key() + ": " + held.value()));
            case RequestChange.Resumed resumed -> new Described(request + "resumed by " + resumed.by(), List.of());
            case RequestChange.Refused refused ->
                new Described(request + "refused", List.of(refused.rule().key() + ": " + refused.value()));
            case RequestChange.Outbid outbid ->
                new Described(request + "outbid by " + outbid.by().action(), List.of());
            case RequestChange.Withdrawn withdrawn ->
                new Described(
                        request + "withdrawn",
                        List.of(withdrawn.cause(), "was " + withdrawn.was().key()));
            case RequestChange.Expired expired -> new Described(request + "expired", List.of());
            case RequestChange.Moved moved ->
                new Described(
                        request + "is " + moved.stage().key()
                                + (moved.channel().isEmpty() ? "" : " on " + moved.channel()),
                        moved.detail().isEmpty() ? List.of() : List.of(moved.detail()));
            case RequestChange.Stands stands ->
                new Described(
                        request + "stands as it was: " + stands.stage().key(),
                        stands.detail().isEmpty() ? List.of() : List.of(stands.detail()));
        };
    }
}
