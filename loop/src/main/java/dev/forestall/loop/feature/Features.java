package dev.forestall.loop.feature;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.expression.Variable;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.journey.Journeys;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.signal.SignalFindings;
import dev.forestall.loop.signal.Signals;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The feature stage: keeps each customer's track and knows every feature there is. Immutable.
 *
 * <p>Personal data is never told apart: of a personal text only how many different values there were counts, of a personal number
 * nothing does.
 */
public final class Features {

    private final FeatureRules rules;
    private final Slot<Track> slot;
    private final Workloads workloads;
    private final Catalogue catalogue;
    /** By event type and property: which numbers or texts it adds to, or -1. */
    private final int[][] numberOf;

    private final int[][] textOf;
    private final SortedMap<String, Integer> journeyOf = new TreeMap<>();
    private final SortedMap<String, Integer> signalOf = new TreeMap<>();

    /**
     * @param variables what conditions may ask of traits and signals, in the order of the definition
     */
    public Features(
            TrackingPlan plan,
            Journeys journeys,
            Signals signals,
            List<Variable> variables,
            FeatureRules rules,
            Slots slots) {
        this.rules = rules;
        SortedMap<String, Property> numbers = new TreeMap<>();
        SortedMap<String, Property> texts = new TreeMap<>();
        for (EventType type : plan.types()) {
            for (Property property : type.properties()) {
                if (!rules.labels().contains(property.name()) && rules.allows("property " + property.name())) {
                    if (property.type().isText()) {
                        texts.put(property.name(), property);
                    } else if (!property.personal()) {
                        numbers.put(property.name(), property);
                    }
                }
            }
        }
        this.numberOf = places(plan, new ArrayList<>(numbers.keySet()));
        this.textOf = places(plan, new ArrayList<>(texts.keySet()));
        for (Journey journey : journeys.all()) {
            journeyOf.put(journey.name(), journeyOf.size());
        }
        signals.all().forEach(watch -> signalOf.put(watch.name(), 0));
        int next = 0;
        for (var each : signalOf.entrySet()) {
            each.setValue(next++);
        }
        this.slot = slots.next(
                "features",
                Track.memory(new Track.Shape(
                        plan.types().size(),
                        numbers.size(),
                        texts.size(),
                        journeyOf.size(),
                        signalOf.size(),
                        rules.halfLivesMillis())));
        this.workloads = new Workloads(plan, rules.workloads(), slots);
        this.catalogue = new Catalogue(
                plan,
                journeys,
                variables,
                rules,
                new ArrayList<>(numbers.values()),
                new ArrayList<>(texts.values()),
                new ArrayList<>(signalOf.keySet()),
                workloads);
    }

    /** Whether resources are declared, so that subjects tell each other of their load. */
    public boolean haveWorkloads() {
        return !workloads.areNone();
    }

    private static int[][] places(TrackingPlan plan, List<String> names) {
        int[][] places = new int[plan.types().size()][];
        for (EventType type : plan.types()) {
            places[type.index()] = type.properties().stream()
                    .mapToInt(property -> Collections.binarySearch(names, property.name()))
                    .map(place -> Math.max(place, -1))
                    .toArray();
        }
        return places;
    }

    /** Takes up what the moment brought a customer: an event, or what the passing of time did to journeys and signals. */
    public void after(Moment moment, @Nullable Event event, SignalFindings findings) {
        List<Transition> transitions = findings.transitions();
        List<Signal> signals = findings.signals();
        if (event == null && transitions.isEmpty() && signals.isEmpty()) {
            return;
        }
        Track track = moment.cells().open(slot, "");
        track.keepUp(moment.nowMillis(), rules.halfLivesMillis());
        if (event != null) {
            happened(track, event);
            workloads.after(moment, event, findings.messages());
        }
        for (Transition transition : transitions) {
            transitioned(track, transition);
        }
        for (Signal signal : signals) {
            Integer place = signal instanceof Signal.Raised ? signalOf.get(signal.name()) : null;
            if (place != null) {
                track.count(track.signal(place), signal.atMillis(), rules.halfLivesMillis());
            }
        }
    }

    /** Lets a resource tell its load when one of its buckets is over. */
    public void due(Moment moment, SignalFindings findings) {
        workloads.due(moment, findings.messages());
    }

    /** Takes what a customer or a resource has told this subject. */
    public void received(Moment moment, Message message) {
        switch (message) {
            case Message.Use use -> workloads.received(moment, use);
            case Message.WorkloadReport report -> workloads.received(moment, report);
            default -> {}
        }
    }

    private void happened(Track track, Event event) {
        long at = event.atMillis();
        int type = event.type().index();
        if (track.events == 0) {
            track.firstMillis = at;
            track.lastMillis = at;
            track.lastType = type;
        } else if (at >= track.lastMillis) {
            track.lastGapMillis = at - track.lastMillis;
            track.longestGapMillis = Math.max(track.longestGapMillis, track.lastGapMillis);
            track.lastMillis = at;
            track.typeBefore = track.lastType;
            track.lastType = type;
        }
        track.events++;
        for (int k = 0; k < track.recent.length; k++) {
            track.recent[k] += (float) Decay.weight(
                    at, track.keptAtMillis[k], rules.halfLivesMillis().get(k));
        }
        track.count(track.type(type), at, rules.halfLivesMillis());
        List<Property> properties = event.type().properties();
        for (int i = 0; i < properties.size(); i++) {
            int number = numberOf[type][i];
            int text = textOf[type][i];
            if (number >= 0 && event.has(i)) {
                double value = event.number(i);
                boolean isTime = properties.get(i).type() == PropertyType.TIME;
                track.numbers(number).add(isTime ? value - at : value, at, track.firstMillis);
            } else if (text >= 0) {
                String value = event.text(i);
                if (value != null) {
                    track.texts(text).add(value, at);
                }
            }
        }
    }

    private void transitioned(Track track, Transition transition) {
        Track.Travelled journey =
                track.journey(Objects.requireNonNull(journeyOf.get(transition.journey()), transition::journey));
        journey.lastMillis = transition.atMillis();
        switch (transition.kind()) {
            case STARTED -> journey.started++;
            case MOVED -> {
                journey.moved++;
                journey.backwards += transition.backwards() ? 1 : 0;
            }
            case REACHED_GOAL -> journey.reached++;
            case FAILED, ABANDONED -> journey.badly++;
            case CLOSED, DISPLACED -> {}
        }
    }

    /** Reads features of the moment; what is absent is NaN. */
    public void read(Moment moment, FeatureSpace space, float[] row) {
        Track track = moment.cells().find(slot, "");
        if (track == null) {
            Arrays.fill(row, 0, space.size(), Float.NaN);
        } else {
            space.fill(track, moment, row);
        }
    }

    /** Every feature there is, when some texts are told apart. */
    public List<Feature> all(Levels levels) {
        return catalogue.all(levels);
    }

    /** A feature by its key, or nothing when the definition has none such. */
    public Optional<Feature> find(String key) {
        return catalogue.find(key);
    }

    /**
     * Features in an order.
     *
     * @throws IllegalArgumentException when there is no such feature
     */
    public FeatureSpace space(List<String> keys) {
        return new FeatureSpace(keys.stream()
                .map(key -> find(key).orElseThrow(() -> new IllegalArgumentException("there is no feature " + key)))
                .toList());
    }

    /** What has texts whose levels can be learned, in order: {@code property channel}, {@code trait band}. */
    public List<String> sources() {
        return catalogue.sources();
    }

    /** What each of the {@link #sources} says at the moment; null where it says nothing. */
    public @Nullable String[] texts(Moment moment) {
        Track track = moment.cells().find(slot, "");
        return catalogue.texts(track, moment);
    }
}
