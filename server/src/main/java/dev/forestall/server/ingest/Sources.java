package dev.forestall.server.ingest;

import dev.forestall.connectors.segment.SegmentSource;
import dev.forestall.loop.Definition;
import dev.forestall.loop.host.SourceMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The live sources, by the tracking plan that is in force now. For any thread. */
public final class Sources {

    private final Supplier<Definition> inForce;
    private final Function<Definition, List<SourceMapping>> declared;
    private volatile @Nullable Compiled compiled;

    private record Compiled(
            Definition definition, List<SourceMapping> declared, SequencedMap<String, SegmentSource> sources) {}

    /**
     * @param inForce the definition whose plan events are read by
     * @param declared by the pack of that definition; where none is, there is one of which nothing is declared
     */
    public Sources(Supplier<Definition> inForce, Function<Definition, List<SourceMapping>> declared) {
        this.inForce = inForce;
        this.declared = declared;
    }

    /** In the order of the pack. */
    public List<String> names() {
        return List.copyOf(compiled().keySet());
    }

    /** A name of a source, or that of the first one when there is none of that name. */
    public String known(String name) {
        SequencedMap<String, SegmentSource> sources = compiled();
        return sources.containsKey(name) ? name : sources.firstEntry().getKey();
    }

    /** The identifier by which a source knows those who have not said who they are; nothing when it knows none. */
    public Optional<String> anonymous(String source) {
        return source(source).anonymousIdentifier();
    }

    /** Where in a call of a source stands whom it is about. */
    public String placeOfSubject(String source) {
        return source(source).placeOfSubject();
    }

    /** Whether the pack says what an event of a source is, under the name that the source uses. */
    public boolean isMapped(String source, String event) {
        return source(source).isMapped(event);
    }

    /** The source of a name; the first one when the pack has none of that name any more. */
    SegmentSource source(String name) {
        SequencedMap<String, SegmentSource> sources = compiled();
        SegmentSource found = sources.get(name);
        return found == null ? sources.firstEntry().getValue() : found;
    }

    private SequencedMap<String, SegmentSource> compiled() {
        Definition definition = inForce.get();
        List<SourceMapping> mappings = declared.apply(definition);
        Compiled known = compiled;
        if (known == null || known.definition() != definition || known.declared() != mappings) {
            SequencedMap<String, SegmentSource> sources = new LinkedHashMap<>();
            List<SourceMapping> all = mappings.isEmpty() ? List.of(SourceMapping.standard()) : mappings;
            all.forEach(each -> sources.put(each.name(), new SegmentSource(definition.plan(), each)));
            known = new Compiled(definition, mappings, sources);
            compiled = known;
        }
        return known.sources();
    }
}
