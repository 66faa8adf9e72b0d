package dev.forestall.loop.host;

import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.ActionRequest.Reach;
import dev.forestall.loop.action.ActionRequest.Schedule;
import dev.forestall.loop.action.ActionRequest.Source;
import dev.forestall.loop.action.ActionRequest.Task;
import dev.forestall.loop.action.Parameter;
import dev.forestall.loop.action.Parameter.Value;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.gate.Proposal.Use;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Writes action requests and reads them back, as parts of effects. */
final class RequestCodec {

    private static final int TEXT = 1;
    private static final int NUMBER = 2;
    private static final int TRUTH = 3;
    private static final int AMOUNT = 4;
    private static final int TIME = 5;
    private static final int LENGTH = 6;

    private RequestCodec() {}

    /** All but the id. */
    static void write(ActionRequest request, Writer to) {
        source(request.source(), to);
        task(request.task(), to);
        reach(request.reach(), to);
        to.text(request.journeyKey()).flag(request.expectedValue().isPresent());
        request.expectedValue().ifPresent(value -> money(value, to));
        Schedule schedule = request.schedule();
        to.whole(schedule.atMillis())
                .whole(schedule.dueMillis())
                .whole(schedule.expiresMillis())
                .text(schedule.withdrawWhen())
                .flag(request.isLive());
    }

    static ActionRequest read(EffectId id, Reader from) {
        return new ActionRequest(
                id,
                source(from),
                task(from),
                reach(from),
                from.text(),
                from.flag() ? Optional.of(money(from)) : Optional.empty(),
                new Schedule(from.whole(), from.whole(), from.whole(), from.text()),
                from.flag());
    }

    private static void source(Source source, Writer to) {
        switch (source) {
            case Source.OfPolicy policy -> {
                id(policy.decision(), to.flag(true));
                id(policy.cause(), to.text(policy.policy()).text(policy.on()));
            }
            case Source.OfReport report -> {
                to.flag(false).text(report.by()).text(report.reason());
                to.flag(report.repeats().isPresent());
                report.repeats().ifPresent(earlier -> id(earlier, to));
            }
        }
    }

    private static Source source(Reader from) {
        return from.flag()
                ? new Source.OfPolicy(id(from), from.text(), from.text(), id(from))
                : new Source.OfReport(from.text(), from.text(), from.flag() ? Optional.of(id(from)) : Optional.empty());
    }

    private static void task(Task task, Writer to) {
        to.text(task.action()).text(task.kind()).text(task.target());
        to.count(task.parameters().size());
        for (Parameter each : task.parameters()) {
            value(each.value(), to.text(each.name()));
        }
        money(task.cost(), to);
        to.count(task.uses().size());
        for (Use use : task.uses()) {
            to.text(use.resource()).count(use.amount());
        }
    }

    private static Task task(Reader from) {
        String action = from.text();
        String kind = from.text();
        String target = from.text();
        List<Parameter> parameters = new ArrayList<>();
        for (int left = from.size(); left > 0; left--) {
            parameters.add(new Parameter(from.text(), value(from)));
        }
        Money cost = money(from);
        List<Use> uses = new ArrayList<>();
        for (int left = from.size(); left > 0; left--) {
            uses.add(new Use(from.text(), from.count()));
        }
        return new Task(action, kind, target, parameters, cost, uses);
    }

    private static void value(Value value, Writer to) {
        switch (value) {
            case Value.Text text -> to.count(TEXT).text(text.text());
            case Value.Number number -> to.count(NUMBER).number(number.number());
            case Value.Truth truth -> to.count(TRUTH).flag(truth.isTrue());
            case Value.Amount amount -> money(amount.money(), to.count(AMOUNT));
            case Value.Time time -> to.count(TIME).whole(time.atMillis());
            case Value.Length length -> to.count(LENGTH).whole(length.millis());
        }
    }

    private static Value value(Reader from) {
        int type = from.size();
        return switch (type) {
            case TEXT -> new Value.Text(from.text());
            case NUMBER -> new Value.Number(from.number());
            case TRUTH -> new Value.Truth(from.flag());
            case AMOUNT -> new Value.Amount(money(from));
            case TIME -> new Value.Time(from.whole());
            case LENGTH -> new Value.Length(from.whole());
            default -> throw new IllegalStateException("a parameter of an unknown type " + type);
        };
    }

    private static void reach(Reach reach, Writer to) {
        to.text(reach.purpose()).count(reach.priority()).count(reach.channels().size());
        reach.channels().forEach(to::text);
        to.text(reach.zone()).text(reach.language());
    }

    private static Reach reach(Reader from) {
        String purpose = from.text();
        int priority = from.size();
        List<String> channels = new ArrayList<>();
        for (int left = from.size(); left > 0; left--) {
            channels.add(from.text());
        }
        return new Reach(purpose, priority, channels, from.text(), from.text());
    }

    private static void money(Money money, Writer to) {
        to.whole(money.minor()).text(money.currency().getCurrencyCode());
    }

    private static Money money(Reader from) {
        return new Money(from.whole(), Currency.getInstance(from.text()));
    }

    private static void id(EffectId id, Writer to) {
        to.text(id.subject().kind())
                .text(id.subject().key())
                .count(id.position())
                .count(id.index());
    }

    private static EffectId id(Reader from) {
        return new EffectId(new SubjectId(from.text(), from.text()), from.count(), from.size());
    }
}
