package dev.forestall.server.look;

import dev.forestall.loop.Definition;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.EngineBusy;
import dev.forestall.loop.host.History;
import dev.forestall.loop.identity.CustomerIdentifiers;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.EffectRow;
import dev.forestall.records.effects.Timeline;
import dev.forestall.views.look.Customer;
import dev.forestall.views.look.Described;
import dev.forestall.views.look.Link;
import dev.forestall.views.look.Traces;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks at customers and at what led to what. For any thread; an answer is waited for. */
public final class Looks {

    private final Engine engine;
    private final Timeline timeline;
    private final Tenant tenant;

    public Looks(Engine engine, Timeline timeline, Tenant tenant) {
        this.engine = engine;
        this.timeline = timeline;
        this.tenant = tenant;
    }

    private <T> T look(Function<History, T> reading) {
        try {
            return engine.look(reading).toCompletableFuture().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof EngineBusy busy) {
                throw busy;
            }
            throw failed;
        }
    }

    /** The customers whom a name can mean: of now or of former times, or any identifier. */
    public List<SubjectId> called(String name) {
        return name.isEmpty() ? List.of() : look(history -> history.called(name));
    }

    /**
     * A customer by any of their names, if it means just one.
     *
     * @param asOfMillis as known when the log's clock stood there; empty for now
     */
    public Optional<Found> customer(String name, OptionalLong asOfMillis) {
        return look(history -> {
            List<SubjectId> called =
                    asOfMillis.isPresent() ? history.called(name, asOfMillis.getAsLong()) : history.called(name);
            return called.size() == 1 ? found(history, called.getFirst(), asOfMillis) : Optional.empty();
        });
    }

    /** Nobody of whom nothing is known is a customer, whatever the name. */
    private static Optional<Found> found(History history, SubjectId subject, OptionalLong asOfMillis) {
        Definition definition = history.definition();
        History.Standing standing =
                asOfMillis.isPresent() ? history.asOf(subject, asOfMillis.getAsLong()) : history.now(subject);
        if (standing.inputs().isEmpty() && standing.effects().isEmpty()) {
            return Optional.empty();
        }
        long at = asOfMillis.orElse(history.clockMillis());
        List<Identifier> identifiers = history.identifiers(standing.subject());
        CustomerIdentifiers known = new CustomerIdentifiers(definition.plan());
        List<SubjectId> names = Stream.concat(
                        Stream.of(standing.subject()), identifiers.stream().map(known::customer))
                .distinct()
                .toList();
        return Optional.of(new Found(
                Customer.of(definition, standing.subject(), standing, at),
                names,
                identifiers.stream()
                        .map(each -> each.name() + " " + each.value())
                        .toList(),
                definition.hash()));
    }

    /**
     * All that is kept of a customer, written by somebody.
     *
     * @param name which means just one customer
     * @return nothing when nothing is known of them
     */
    public <T> Optional<T> export(String name, Exporting<T> writing) {
        return look(history -> {
            List<SubjectId> called = history.called(name);
            if (called.size() != 1) {
                return Optional.empty();
            }
            History.Standing standing = history.now(called.getFirst());
            return standing.inputs().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            writing.write(history.definition(), standing, history.identifiers(standing.subject())));
        });
    }

    /** Writes what is kept of a customer. */
    public interface Exporting<T> {
        T write(Definition definition, History.Standing standing, List<Identifier> identifiers);
    }

    /**
     * Effects in words. What is not kept any more is told by its kind and name.
     *
     * @param words what signals and actions mean, for people
     */
    public List<Told> tell(List<EffectRow> rows, Map<String, String> words) {
        return look(history -> rows.stream()
                .map(row -> new Told(
                        row,
                        history.effect(row.effect())
                                .map(effect -> Described.of(effect, words))
                                .orElseGet(() -> new Described(row.kind() + " " + row.name(), List.of()))))
                .toList());
    }

    /** What led to an effect, down to the events, if there is an effect of that name and it is kept. */
    public Optional<Link> trace(String id) {
        return timeline.effect(tenant, id).flatMap(row -> trace(row.effect()));
    }

    private Optional<Link> trace(EffectId id) {
        return look(history -> history.effect(id)
                .map(effect -> new Traces(history.definition(), history).of(new History.Noted(effect, id.position()))));
    }
}
