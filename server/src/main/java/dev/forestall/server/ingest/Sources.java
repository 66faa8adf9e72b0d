package dev.forestall.server.ingest;

import dev.forestall.connectors.segment.SegmentSource;
import dev.forestall.loop.Definition;
import dev.forestall.loop.host.SourceMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The live sources, by the tracking plan that is in force now. For any thread. */
public final class Sources {

    private final Supplier<Definition> inForce;
    private final SequencedMap<String, SourceMapping> mappings = new LinkedHashMap<>();
    private volatile @Nullable Compiled compiled;

    private record Compiled(Definition definition, SequencedMap<String, SegmentSource> sources) {}

    /**
     * @param inForce the definition whose plan events are read by
     * @param declared by the pack; where none is, there is one of which nothing is declared
     */
    public Sources(Supplier<Definition> inForce, List<SourceMapping> declared) {
        this.inForce = inForce;
        declared.forEach(each -> mappings.put(each.name(), each));
        if (mappings.isEmpty()) {
            mappings.put(SourceMapping.STANDARD_NAME, SourceMapping.standard());
        }
    }

    /** In the order of the pack. */
    public List<String> names() {
        return List.copyOf(mappings.keySet());
    }

    /** A name of a source, or that of the first one when there is none of that name. */
    public String known(String name) {
        return mappings.containsKey(name) ? name : mappings.firstEntry().getKey();
    }

    /** The source of a name; the first one when the pack has none of that name any more. */
    SegmentSource source(String name) {
        SequencedMap<String, SegmentSource> sources = compiled(inForce.get()).sources();
        SegmentSource found = sources.get(name);
        return found == null ? sources.firstEntry().getValue() : found;
    }

    private Compiled compiled(Definition definition) {
        Compiled known = compiled;
        if (known == null || known.definition() != definition) {
            SequencedMap<String, SegmentSource> sources = new LinkedHashMap<>();
            mappings.forEach((name, mapping) -> sources.put(name, new SegmentSource(definition.plan(), mapping)));
            known = new Compiled(definition, sources);
            compiled = known;
        }
        return known;
    }
}
