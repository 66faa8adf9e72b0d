package dev.forestall.pack;

import dev.forestall.loop.Definition;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.SourceMapping;
import dev.forestall.pack.problem.Problem;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * A compiled pack. Immutable.
 *
 * @param definition what the loop runs
 * @param files how files become events
 * @param sources how what live sources say becomes events
 * @param words what signals and actions mean, for people, by name
 * @param languages in which reasons can be said, and what they are about is called there
 * @param hashWithoutBaselines names the content apart from what was learned: what baselines say they were learned with
 * @param baselines what was learned; {@link Baselines#NONE} when nothing was
 * @param learnedTimes the signals whose times are to be learned
 * @param learnedShares the cohort signals whose usual share is to be learned
 * @param retrainMillis by prediction, after how much time it is to be learned anew; those that do not say so are not in it
 * @param cost what it costs to run
 * @param warnings what looks like a mistake but does not stop it
 */
public record Pack(
        Definition definition,
        List<FileMapping> files,
        List<SourceMapping> sources,
        SortedMap<String, String> words,
        Languages languages,
        String hashWithoutBaselines,
        Baselines baselines,
        Set<String> learnedTimes,
        Set<String> learnedShares,
        SortedMap<String, Long> retrainMillis,
        PackCost cost,
        List<Problem> warnings) {}
