package dev.forestall.learning.gather;

import dev.forestall.loop.event.Draw;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.loop.risk.Question;
import dev.forestall.loop.risk.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The second look at history: all moments at which one question was asked, and what came of each. For one thread; holds every row.
 */
public final class Gatherer {

    private final Prediction prediction;
    private final double share;
    private final List<Moment> moments = new ArrayList<>();
    private final Map<String, Integer> subjects = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<List<Came>> came = new ArrayList<>();
    private int unknown;

    /** One moment of one customer. */
    private record Moment(int subject, Sample.Taken taken) {}

    /** Something that counts towards the outcome. */
    private record Came(long atMillis, long position, int index, double amount) {}

    /** Of all customers. */
    public Gatherer(Prediction prediction) {
        this(prediction, 1);
    }

    /** @param share of the customers of whom rows are taken, drawn by their names: whole customers, always the same */
    public Gatherer(Prediction prediction, double share) {
        this.prediction = prediction;
        this.share = share;
    }

    /** Takes what is about its question. */
    public void after(Sample sample) {
        String name = sample.id().subject().key();
        if (!sample.prediction().equals(prediction.name()) || Draw.of("learn", name) >= share) {
            return;
        }
        int subject = subject(name);
        switch (sample) {
            case Sample.Taken taken -> moments.add(new Moment(subject, taken));
            case Sample.Came happened -> {
                EffectId id = happened.id();
                came.get(subject).add(new Came(happened.atMillis(), id.position(), id.index(), happened.amount()));
            }
        }
    }

    private int subject(String name) {
        return subjects.computeIfAbsent(name, unseen -> {
            names.add(name);
            came.add(new ArrayList<>(0));
            return names.size() - 1;
        });
    }

    /** Receives the table, moment by moment, in the order in which they were asked. */
    @FunctionalInterface
    public interface Table {
        /**
         * @param subject whose moment it is
         * @param row the features
         * @param segment what kind of customer it was at the moment; empty when unknown
         */
        void add(String subject, long atMillis, float[] row, boolean label, String segment);
    }

    /**
     * Labels all moments and hands them over. To be called once: rows are let go.
     *
     * @param endMillis when history ends: a moment whose horizon reaches beyond is left out, and counted
     * @param segment the source of texts by which performance is to be told apart; -1 for none
     * @param present who a customer has turned out to be by the end of history: what came of them then counts for all their moments
     */
    public void into(Table table, long endMillis, int segment, UnaryOperator<String> present) {
        List<String> people = people(present);
        came.forEach(each -> each.sort(Comparator.comparingLong(Came::atMillis)));
        for (int i = 0; i < moments.size(); i++) {
            Moment moment = moments.set(i, null);
            Optional<Boolean> label = label(moment, endMillis);
            if (label.isEmpty()) {
                unknown++;
                continue;
            }
            String kind = segment < 0 ? null : moment.taken.texts()[segment];
            table.add(
                    people.get(moment.subject),
                    moment.taken.atMillis(),
                    moment.taken.row(),
                    label.get(),
                    kind == null ? "" : kind);
        }
    }

    /**
     * Hands over all moments, also those of which nobody knows what came: as if nothing had. To be called before {@link #into}, if at all.
     */
    public void all(Table table, UnaryOperator<String> present) {
        for (Moment moment : moments) {
            table.add(present.apply(names.get(moment.subject)), moment.taken.atMillis(), moment.taken.row(), false, "");
        }
    }

    /** By subject, who it is in the end. What came is laid together for all who are one. */
    private List<String> people(UnaryOperator<String> present) {
        List<String> people = names.stream().map(present).toList();
        Map<String, List<Came>> together = new HashMap<>();
        for (int i = 0; i < people.size(); i++) {
            together.computeIfAbsent(people.get(i), name -> new ArrayList<>()).addAll(came.get(i));
        }
        for (int i = 0; i < people.size(); i++) {
            came.set(i, Objects.requireNonNull(together.get(people.get(i))));
        }
        return people;
    }

    /** How many moments had to be left out because nobody knows what came of them. */
    public int unknown() {
        return unknown;
    }

    public int moments() {
        return moments.size();
    }

    private Optional<Boolean> label(Moment moment, long endMillis) {
        if (prediction.target() instanceof Question.Labelled) {
            Truth label = moment.taken.label();
            return label == Truth.UNKNOWN ? Optional.empty() : Optional.of(label == Truth.TRUE);
        }
        if (moment.taken.atMillis() + prediction.horizonMillis() > endMillis) {
            return Optional.empty();
        }
        return Optional.of(
                switch (prediction.target()) {
                    case Question.Any any -> amount(moment) > 0;
                    case Question.None none -> amount(moment) == 0;
                    case Question.Count count -> amount(moment) >= count.atLeast();
                    case Question.Total total -> amount(moment) > total.above();
                    case Question.Fails fails -> amount(moment) > 0;
                    case Question.Stalls stalls -> amount(moment) == 0;
                    case Question.Labelled labelled -> throw new IllegalStateException("labelled already");
                });
    }

    /** What comes after the moment and within the horizon, (t, t + within]; at the very instant only what the log has behind it. */
    private double amount(Moment moment) {
        List<Came> all = came.get(moment.subject);
        long from = moment.taken.atMillis();
        long until = from + prediction.horizonMillis();
        EffectId asked = moment.taken.id();
        double amount = 0;
        for (int i = first(all, from); i < all.size() && all.get(i).atMillis <= until; i++) {
            Came each = all.get(i);
            boolean isLater =
                    each.position > asked.position() || each.position == asked.position() && each.index > asked.index();
            amount += isLater ? each.amount : 0;
        }
        return amount;
    }

    /** The first of them that is not before an instant. */
    private static int first(List<Came> all, long fromMillis) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all.get(middle).atMillis < fromMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
