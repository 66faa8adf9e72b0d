package dev.forestall.loop.event;

/** How likely something is, from 0 (impossible) to 1 (certain); never a percentage. */
public record Probability(double value) implements Comparable<Probability> {

    public Probability {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("probability " + value + " is outside 0..1");
        }
    }

    @Override
    public int compareTo(Probability other) {
        return Double.compare(value, other.value);
    }
}
