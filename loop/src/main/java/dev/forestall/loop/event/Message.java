package dev.forestall.loop.event;

import java.util.List;

/** What one subject tells another. */
public sealed interface Message {

    /** What it is about: the name of the signal, the resource or the prediction. */
    String about();

    /**
     * A customer tells a cohort what happened to them. Sums only, so that the order of arrival does not matter.
     *
     * @param bucketMillis start of the time bucket in which it happened
     * @param tried how often what the cohort counts could have happened
     * @param hit how often it did; at most {@code tried}
     * @param member the customer's key
     */
    record Count(String signal, long bucketMillis, int tried, int hit, String member) implements Message {
        @Override
        public String about() {
            return signal;
        }
    }

    /**
     * A cohort or entity tells a customer who depends on it how it fares; or an entity tells one of its shards.
     *
     * @param value which cohort or entity
     * @param atMillis since when
     * @param off whether the signal stands; false when it is back to normal, or no longer their concern
     * @param member the name under which an entity knows them: they may depend on it under several, and for as long as under one of them.
     *     Empty for a cohort, which tells all names at once that it is over, and for a shard
     */
    record Notice(String signal, String value, long atMillis, boolean off, String member) implements Message {
        @Override
        public String about() {
            return signal;
        }
    }

    /**
     * A customer tells an entity that they depend on it; or an entity tells one of its shards of such a customer.
     *
     * @param signal which of its signals the customer is to learn of
     * @param atMillis when the customer was named together with it
     * @param member the customer's key
     * @param isActive whether the signal is active, as the entity tells its shard; false from a customer, who does not know
     */
    record Dependence(String signal, long atMillis, String member, boolean isActive) implements Message {
        @Override
        public String about() {
            return signal;
        }
    }

    /**
     * A customer tells a resource, such as a desk or a machine, that they are with it. Sums only, so that the order of arrival does not
     * matter.
     *
     * @param bucketMillis start of the time bucket in which it was so
     * @param member the customer's key
     */
    record Use(String workload, long bucketMillis, String member) implements Message {
        @Override
        public String about() {
            return workload;
        }
    }

    /**
     * A resource tells a customer who is with it how busy it is.
     *
     * @param value which resource of the kind
     * @param uses how much it had to do in the latest bucket
     * @param usual how much it has to do in a bucket as a rule; NaN while there is no rule yet
     */
    record WorkloadReport(String workload, String value, int uses, double usual) implements Message {
        @Override
        public String about() {
            return workload;
        }
    }

    /**
     * A customer asks a model that the loop cannot compute.
     *
     * @param prediction what is asked
     * @param model which is asked
     * @param row what it looks at, in its order; NaN for absent
     * @param explainFrom a probability from which somebody will want to know why
     */
    record Question(String prediction, String model, List<Float> row, double explainFrom) implements Message {

        public Question {
            row = List.copyOf(row);
        }

        @Override
        public String about() {
            return prediction;
        }

        /** The row as numbers. */
        public float[] values() {
            float[] values = new float[row.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.get(i);
            }
            return values;
        }
    }

    /**
     * A model answers the customer who asked it.
     *
     * @param question the effect that asked
     * @param probability of the outcome, 0 to 1
     * @param row what it was asked about, when the answer says why; else empty
     * @param base the log odds of a usual row; NaN when the answer does not say why
     * @param moved by how much each feature moves the log odds, when the answer says why; else empty
     */
    record Answer(
            String prediction,
            String model,
            EffectId question,
            double probability,
            List<Float> row,
            double base,
            List<Double> moved)
            implements Message {

        public Answer {
            row = List.copyOf(row);
            moved = List.copyOf(moved);
        }

        @Override
        public String about() {
            return prediction;
        }
    }

    /**
     * A customer claims a part of a scarce resource for a request, or gives it back.
     *
     * @param claim names the request without saying whose it is
     * @param amount how much, in the resource's own unit; 0 to give it back
     * @param atMillis when it is needed
     */
    record Claim(String resource, String claim, long amount, long atMillis) implements Message {
        @Override
        public String about() {
            return resource;
        }
    }

    /**
     * A scarce resource answers who has claimed a part of it.
     *
     * @param claim as the claim named itself
     * @param untilMillis when granted, until when it is kept; else from when on asking again is of use
     */
    record Grant(String resource, String claim, boolean isGranted, long untilMillis) implements Message {
        @Override
        public String about() {
            return resource;
        }
    }

    /**
     * A message and whom it is for.
     *
     * @param to whom
     * @param message what
     */
    record Addressed(SubjectId to, Message message) {}
}
