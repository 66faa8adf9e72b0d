package dev.forestall.run.draft;

import dev.forestall.connectors.files.RawRecords;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pack proposed for a file.
 *
 * @param name of the pack, and of its journey
 * @param file that it is for, without folders
 * @param records how many were looked at
 * @param isAll whether these were all there are
 * @param unreadable how many of them could not be read at all
 * @param idName what the pack calls the identifier
 * @param events what the pack calls the types, by their numbers
 * @param properties all that are read
 * @param ofEvents of each type, the properties that it has
 * @param leftOut columns that are not read, and why
 * @param signals in the order in which they are proposed
 * @param raised for how many customers of the file each signal was raised, by its name; empty while it was not tried
 */
record Draft(
        String name,
        String file,
        RawRecords.Shape shape,
        long records,
        boolean isAll,
        long unreadable,
        String idName,
        String currency,
        Roles roles,
        List<Column> columns,
        Stories stories,
        List<String> events,
        List<Property> properties,
        List<List<Property>> ofEvents,
        Map<String, String> leftOut,
        Optional<Journey> journey,
        List<SignalDraft> signals,
        List<PredictionDraft> predictions,
        Map<String, Long> raised) {

    Draft tried(List<SignalDraft> kept, Map<String, Long> customers) {
        return new Draft(
                name,
                file,
                shape,
                records,
                isAll,
                unreadable,
                idName,
                currency,
                roles,
                columns,
                stories,
                events,
                properties,
                ofEvents,
                leftOut,
                journey,
                kept,
                predictions,
                customers);
    }
}
