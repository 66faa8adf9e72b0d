package dev.forestall.loop.identity;

/**
 * One way in which a customer is known, such as one e-mail address.
 *
 * @param name of the identifier, as the pack declares it
 * @param value which one it is; often personal data, so it stays out of messages
 */
public record Identifier(String name, String value) implements Comparable<Identifier> {

    public Identifier {
        if (name.isEmpty() || value.isEmpty()) {
            throw new IllegalArgumentException("an identifier needs a name and a value, got the name '" + name
                    + "' and a value of length " + value.length());
        }
    }

    /** By name, then by value. Says nothing about strength. */
    @Override
    public int compareTo(Identifier other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return name + ":" + value;
    }
}
