package dev.forestall.pack;

import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.JsonSchema;
import dev.forestall.pack.grammar.Shape.Fields;

/** The whole grammar of packs: that of its parts, and that of the detectors. */
public final class PackGrammar {

    /** A pack as a whole. */
    public static final Fields PACK = Grammar.pack(Detectors.SIGNAL);

    private PackGrammar() {}

    /** The schema with which editors complete and check packs while they are typed. */
    public static String schema() {
        return JsonSchema.of(PACK);
    }
}
