package dev.forestall.loop.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Hands out slots, in the order of the stages. One per definition. */
public final class Slots {

    private final List<String> names = new ArrayList<>();
    private final List<Memory<?>> memories = new ArrayList<>();

    /**
     * @param name whose slot it is, as {@link Layout.Owner} says; each once
     * @throws IllegalArgumentException when the name has a slot already
     */
    public <C> Slot<C> next(String name, Memory<C> memory) {
        if (names.contains(name)) {
            throw new IllegalArgumentException("'" + name + "' has a slot already");
        }
        names.add(name);
        memories.add(memory);
        return new Slot<>(names.size() - 1, memory);
    }

    /** How many were handed out: the number that the next slot gets. */
    public int count() {
        return names.size();
    }

    /** What of it is really said and done. */
    public Said said() {
        return new Said(layout(name -> "").fingerprint(), memories);
    }

    /** @param contentOf what names all that a declaration reads, by the declaration's name */
    public Layout layout(UnaryOperator<String> contentOf) {
        return new Layout(names.stream()
                .map(name -> new Layout.Owner(name, contentOf.apply(new Layout.Owner(name, "").declaration())))
                .toList());
    }
}
