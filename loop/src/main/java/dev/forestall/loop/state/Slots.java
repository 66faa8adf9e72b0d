package dev.forestall.loop.state;

/** Hands out slots, in the order of the stages. One per definition. */
public final class Slots {

    private int next;

    public <C> Slot<C> next(Memory<C> memory) {
        return new Slot<>(next++, memory);
    }

    /** How many were handed out: the number that the next slot gets. */
    public int count() {
        return next;
    }
}
