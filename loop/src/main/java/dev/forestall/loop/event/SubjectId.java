package dev.forestall.loop.event;

/**
 * Names one thing that keeps state: a customer, an entity customers depend on, or a cohort.
 *
 * @param kind what it is: {@code customer}, an entity kind of the pack such as {@code branch}, or {@code cohort}
 * @param key which one it is, unique within its kind, never empty
 */
public record SubjectId(String kind, String key) implements Comparable<SubjectId> {

    /** The kind of the people whose trouble this is all about. */
    public static final String CUSTOMER = "customer";

    /** The kind of groups that are judged as a whole, such as everyone served by one branch. */
    public static final String COHORT = "cohort";

    /** The kind of what many customers need and what can be busy, such as an officer or a machine. */
    public static final String WORKLOAD = "workload";

    /** The kind of the parts of a large entity: each keeps some of the customers who depend on it. */
    public static final String MEMBERS = "members";

    /** The kind of what there is only so much of, such as the minutes of agents. */
    public static final String RESOURCE = "resource";

    /** The kind of models that are asked outside. */
    public static final String MODEL = "model";

    public SubjectId {
        if (kind.isEmpty() || key.isEmpty()) {
            throw new IllegalArgumentException(
                    "a subject needs a kind and a key, got '" + kind + "' and '" + key + "'");
        }
    }

    public static SubjectId customer(String key) {
        return new SubjectId(CUSTOMER, key);
    }

    /** The group of subjects that share a value, as one signal sees it. */
    public static SubjectId cohort(String signal, String value) {
        return new SubjectId(COHORT, signal + "=" + value);
    }

    /** A scarce resource, under its name in the pack. */
    public static SubjectId resource(String name) {
        return new SubjectId(RESOURCE, name);
    }

    /** A model that the loop cannot compute: it is no subject that remembers anything, but somebody to ask. */
    public static SubjectId model(String name) {
        return new SubjectId(MODEL, name);
    }

    /** One of the parts of an entity among which the customers who depend on it are divided. */
    public static SubjectId members(SubjectId entity, int shard) {
        return new SubjectId(MEMBERS, shard + "/" + entity.kind + "/" + entity.key);
    }

    /** The entity whose customers it keeps; only for the kind {@link #MEMBERS}. */
    public SubjectId entity() {
        int kindAt = key.indexOf('/') + 1;
        int keyAt = key.indexOf('/', kindAt) + 1;
        return new SubjectId(key.substring(kindAt, keyAt - 1), key.substring(keyAt));
    }

    public boolean isMembers() {
        return kind.equals(MEMBERS);
    }

    public boolean isModel() {
        return kind.equals(MODEL);
    }

    /** One of the resources of a kind, such as one officer of all officers. */
    public static SubjectId workload(String name, String value) {
        return new SubjectId(WORKLOAD, name + "=" + value);
    }

    /**
     * Whether it lives by the watermark: it is fed by many in no fixed order, and so is judged only when nothing that belongs to the time
     * before can come any more. All others live by the time of their own inputs.
     */
    public boolean isOnWatermark() {
        return kind.equals(COHORT) || kind.equals(WORKLOAD);
    }

    public boolean isCustomer() {
        return kind.equals(CUSTOMER);
    }

    /** By hand, for this is looked up with every event. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SubjectId id && is(id.kind, id.key);
    }

    @Override
    public int hashCode() {
        return hash(kind, key);
    }

    /** The hash code of the subject of a kind and a key. */
    public static int hash(String kind, String key) {
        return key.hashCode() * 31 + kind.hashCode();
    }

    /** Whether it is the subject of that kind and key. */
    public boolean is(String itsKind, String itsKey) {
        return key.equals(itsKey) && kind.equals(itsKind);
    }

    @Override
    public int compareTo(SubjectId other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : key.compareTo(other.key);
    }

    @Override
    public String toString() {
        return kind + ":" + key;
    }
}
