package dev.forestall.dispatch;

import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.Parameter;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.request.RequestRef;
import dev.forestall.testkit.Permits;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Deliveries as the dispatcher makes them, with a permit read from the bytes of a committed effect. */
public final class Deliveries {

    private static final long AT = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();

    private Deliveries() {}

    public static Delivery of(String key, int attempt, Parameter... parameters) {
        SubjectId ann = SubjectId.customer("ann");
        ActionRequest request = new ActionRequest(
                new EffectId(ann, 7, 1),
                new ActionRequest.Source.OfReport("user:u-1", "asked for", Optional.empty()),
                new ActionRequest.Task(
                        "write",
                        "message",
                        "outage",
                        List.of(parameters),
                        new Money(2, Currency.getInstance("EUR")),
                        List.of()),
                new ActionRequest.Reach("service", 50, List.of("email"), "Europe/Berlin", "de"),
                "run-1",
                Optional.empty(),
                new ActionRequest.Schedule(AT, AT, AT + 3_600_000, "never"),
                true);
        RequestRef reference = new RequestRef(request.id(), "write", "run-1");
        return new Delivery(
                key, request, Permits.permit(new EffectId(ann, 9, 0), reference, "email", AT, attempt), attempt);
    }
}
