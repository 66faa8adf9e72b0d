package dev.forestall.run.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a pack that was written takes the columns of a file for, and what it proposes.
 *
 * @param name of the pack
 * @param records how many were looked at
 * @param isAll whether these were all there are
 * @param unreadable how many of them could not be read at all
 * @param events how many could be put to a customer and a time
 * @param customers how many there are
 * @param taken what the columns are for
 * @param personal columns marked as personal
 * @param leftOut columns that are not read
 * @param signals the signals, and for how many customers each was raised
 * @param predictions the names of the predictions
 */
public record Drafted(
        String name,
        long records,
        boolean isAll,
        long unreadable,
        long events,
        long customers,
        List<Taken> taken,
        List<String> personal,
        List<String> leftOut,
        List<Raised> signals,
        List<String> predictions) {

    /**
     * A column, or what was made of several.
     *
     * @param role such as "time"
     * @param column its name
     * @param sure "sure", "likely" or "a guess"
     * @param why a clause
     */
    public record Taken(String role, String column, String sure, String why) {}

    /**
     * A signal that was tried on the file.
     *
     * @param customers for how many of them it was raised
     */
    public record Raised(String name, long customers) {}

    static Drafted of(Draft draft) {
        List<Taken> taken = new ArrayList<>();
        taken.add(taken("identifier", draft.roles().id()));
        taken.add(taken("time", draft.roles().time()));
        if (draft.roles().types().isEmpty()) {
            taken.add(new Taken(
                    "event",
                    "(none)",
                    Sure.A_GUESS.words(),
                    "no column tells different events apart: every record is the same"));
        } else {
            draft.roles().types().forEach(each -> taken.add(taken("event", each)));
        }
        draft.journey()
                .ifPresent(journey -> taken.add(new Taken(
                        "goal",
                        journey.goal().stream().map(draft.events()::get).collect(Collectors.joining(", ")),
                        Sure.A_GUESS.words(),
                        "how journeys end most often, and what sounds good")));
        draft.journey()
                .filter(journey -> !journey.failed().isEmpty())
                .ifPresent(journey -> taken.add(new Taken(
                        "failed",
                        journey.failed().stream().map(draft.events()::get).collect(Collectors.joining(", ")),
                        Sure.A_GUESS.words(),
                        "what ends journeys and sounds bad")));
        return new Drafted(
                draft.name(),
                draft.records(),
                draft.isAll(),
                draft.unreadable(),
                draft.stories().events(),
                draft.stories().all().size(),
                List.copyOf(taken),
                draft.properties().stream()
                        .filter(Property::isPersonal)
                        .map(each -> each.column().name())
                        .toList(),
                List.copyOf(draft.leftOut().keySet()),
                draft.signals().stream()
                        .map(each -> new Raised(each.name(), draft.raised().getOrDefault(each.name(), 0L)))
                        .toList(),
                draft.predictions().stream().map(PredictionDraft::name).toList());
    }

    private static Taken taken(String role, Roles.Guess guess) {
        return new Taken(
                role.toLowerCase(Locale.ROOT),
                guess.column().name(),
                guess.sure().words(),
                guess.why());
    }
}
