package dev.forestall.connectors.files;

import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.FileMapping;
import java.util.Set;
import java.util.TreeSet;

/** The places of a record whose values must not be shown: those of identifiers and of personal properties. */
final class PersonalPlaces {

    private final Set<String> places;

    PersonalPlaces(FileMapping mapping, TrackingPlan plan) {
        places = new TreeSet<>(mapping.identifiers().values());
        for (FileMapping.PropertyFrom from : mapping.properties()) {
            for (EventType type : plan.types()) {
                type.property(from.property())
                        .filter(property -> property.personal())
                        .ifPresent(property -> places.add(from.place()));
            }
        }
    }

    boolean holds(String place) {
        return places.contains(place);
    }
}
