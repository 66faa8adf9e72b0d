package dev.forestall.loop.request;

import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Message.Addressed;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.gate.Resource;
import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What there is of scarce resources. Each is a subject of its own that customers ask for a part of it: it alone knows what is left, wherever
 * the customers are. What is granted counts until the end of its period, unless it is given back. Immutable.
 */
final class Resources {

    private final List<Placed> placed = new ArrayList<>();

    private record Placed(Resource resource, Slot<Ledger> slot) {}

    Resources(List<Resource> resources, Slots slots) {
        resources.forEach(each ->
                placed.add(new Placed(each, slots.next("resource." + each.name() + "/ledger", Ledger.MEMORY))));
    }

    boolean areNone() {
        return placed.isEmpty();
    }

    @Nullable
    Resource find(String name) {
        for (Placed each : placed) {
            if (each.resource.name().equals(name)) {
                return each.resource;
            }
        }
        return null;
    }

    /** Somebody claims a part of the resource of the moment, or gives it back. */
    void received(Moment moment, SubjectId from, Message.Claim claim, List<Addressed> messages) {
        for (Placed each : placed) {
            if (each.resource.name().equals(claim.resource())) {
                Ledger ledger = moment.cells().open(each.slot, "");
                if (claim.amount() == 0) {
                    ledger.claims.remove(claim.claim());
                } else {
                    messages.add(new Addressed(from, answer(each.resource, ledger, claim)));
                }
            }
        }
    }

    private static Message.Grant answer(Resource resource, Ledger ledger, Message.Claim claim) {
        long period = Math.floorDiv(claim.atMillis(), resource.perMillis()) * resource.perMillis();
        if (period > ledger.sinceMillis) {
            ledger.sinceMillis = period;
            ledger.claims.clear();
        }
        long others = 0;
        for (Map.Entry<String, Long> each : ledger.claims.entrySet()) {
            others += each.getKey().equals(claim.claim()) ? 0 : each.getValue();
        }
        boolean isGranted = others + claim.amount() <= resource.amount();
        if (isGranted) {
            ledger.claims.put(claim.claim(), claim.amount());
        }
        return new Message.Grant(resource.name(), claim.claim(), isGranted, ledger.sinceMillis + resource.perMillis());
    }

    /** What has been granted in the latest period that anybody has asked about. */
    private static final class Ledger {
        long sinceMillis = Long.MIN_VALUE;
        final TreeMap<String, Long> claims = new TreeMap<>();

        static final Memory<Ledger> MEMORY = new Memory<>() {
            @Override
            public Ledger fresh() {
                return new Ledger();
            }

            @Override
            public boolean isFresh(Ledger ledger) {
                return ledger.claims.isEmpty();
            }

            @Override
            public Ledger read(Reader from) {
                Ledger ledger = new Ledger();
                ledger.sinceMillis = from.whole();
                for (int left = from.size(); left > 0; left--) {
                    ledger.claims.put(from.text(), from.count());
                }
                return ledger;
            }

            @Override
            public void write(Ledger ledger, Writer to) {
                to.whole(ledger.sinceMillis).count(ledger.claims.size());
                ledger.claims.forEach((claim, amount) -> to.text(claim).count(amount));
            }
        };
    }
}
