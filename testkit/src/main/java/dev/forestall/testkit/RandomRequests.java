package dev.forestall.testkit;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.ActionRequest.Reach;
import dev.forestall.loop.action.ActionRequest.Schedule;
import dev.forestall.loop.action.ActionRequest.Source;
import dev.forestall.loop.action.ActionRequest.Task;
import dev.forestall.loop.action.Parameter;
import dev.forestall.loop.action.Parameter.Value;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.gate.GateRule;
import dev.forestall.loop.gate.Proposal.Use;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.loop.request.RequestRef;
import dev.forestall.loop.request.RequestStage;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Action requests, permits and all that can become of a request, by chance. */
public final class RandomRequests {

    /** How many kinds of effects there are: a request, a permit, each kind of change, and what is told to and by scarce resources. */
    public static final int KINDS = 13;

    private final Dice dice;

    public RandomRequests(Dice dice) {
        this.dice = dice;
    }

    /** @param kind which, from 1 to {@link #KINDS} */
    public Effect next(int kind) {
        return switch (kind) {
            case 1 -> new Effect.ActionRequested(request());
            case 2 -> new Effect.Permitted(Permits.permit(id(), ref(), text(), time(), dice.between(1, 9)));
            case 3 -> changed(new RequestChange.Deferred(id(), ref(), time(), time(), rule(), text()));
            case 4 -> changed(new RequestChange.Held(id(), ref(), time(), rule(), text()));
            case 5 -> changed(new RequestChange.Resumed(id(), ref(), time(), text()));
            case 6 -> changed(new RequestChange.Refused(id(), ref(), time(), rule(), text()));
            case 7 -> changed(new RequestChange.Outbid(id(), ref(), time(), ref()));
            case 8 -> changed(new RequestChange.Withdrawn(id(), ref(), time(), text(), stage()));
            case 9 -> changed(new RequestChange.Expired(id(), ref(), time()));
            case 10 -> changed(new RequestChange.Moved(id(), ref(), time(), stage(), text(), text()));
            case 11 -> changed(new RequestChange.Stands(id(), ref(), time(), stage(), text()));
            case 12 -> told(new Message.Claim("agent_minutes", text(), dice.between(0, 90), time()));
            case 13 -> told(new Message.Grant("agent_minutes", text(), dice.percent(50), time()));
            default -> throw new IllegalArgumentException("there is no kind " + kind);
        };
    }

    private static Effect changed(RequestChange change) {
        return new Effect.RequestChanged(change);
    }

    private Effect told(Message message) {
        return new Effect.SendMessage(id(), time(), SubjectId.resource("agent_minutes"), message);
    }

    public ActionRequest request() {
        long at = time();
        long due = at + dice.between(0, 9_999);
        return new ActionRequest(
                id(),
                source(),
                new Task(text(), text(), text(), parameters(), money(), uses()),
                new Reach(text(), dice.between(0, 1_000), List.of(text(), text()), text(), text()),
                text(),
                dice.percent(50) ? Optional.of(money()) : Optional.empty(),
                new Schedule(at, due, due + dice.between(1, 9_999), text()),
                dice.percent(50));
    }

    private Source source() {
        return dice.percent(50)
                ? new Source.OfPolicy(id(), text(), text(), id())
                : new Source.OfReport(text(), text(), dice.percent(50) ? Optional.of(id()) : Optional.empty());
    }

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = dice.between(0, 4); i > 0; i--) {
            parameters.add(new Parameter("p" + i, value()));
        }
        return parameters;
    }

    private Value value() {
        return switch (dice.between(1, 6)) {
            case 1 -> new Value.Text(text());
            case 2 -> new Value.Number(dice.between(-1_000, 1_000) / 7.0);
            case 3 -> new Value.Truth(dice.percent(50));
            case 4 -> new Value.Amount(money());
            case 5 -> new Value.Time(time());
            default -> new Value.Length(dice.between(-9_999, 9_999));
        };
    }

    private List<Use> uses() {
        return dice.percent(50) ? List.of() : List.of(new Use("agent_minutes", dice.between(1, 90)));
    }

    private Money money() {
        return new Money(dice.between(-9_999, 9_999), Currency.getInstance("EUR"));
    }

    private RequestRef ref() {
        return new RequestRef(id(), text(), text());
    }

    private RequestStage stage() {
        return dice.oneOf(RequestStage.values());
    }

    private GateRule rule() {
        return dice.oneOf(GateRule.values());
    }

    private long time() {
        return dice.between(-1_000, 1_000) * 1_000_003L;
    }

    private EffectId id() {
        return new EffectId(
                SubjectId.customer("c-" + dice.between(1, 9)), dice.between(0, 1_000_000), dice.between(0, 300));
    }

    private String text() {
        return dice.oneOf("", "a", "grüße", "two words", "0");
    }
}
