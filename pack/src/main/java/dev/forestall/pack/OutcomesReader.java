package dev.forestall.pack;

import dev.forestall.loop.roi.OutcomeRule;
import dev.forestall.pack.expression.Site;
import dev.forestall.pack.grammar.Durations;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import java.util.ArrayList;
import java.util.List;

/** Reads what decisions hope for. */
final class OutcomesReader {

    private OutcomesReader() {}

    /** In the order of their names. */
    static List<OutcomeRule> read(Section pack, EventsReader events) {
        List<OutcomeRule> rules = new ArrayList<>();
        for (Member member : pack.members("outcomes")) {
            member.section(Grammar.OUTCOME).ifPresent(section -> {
                boolean success = section.has("event");
                events.read(section, success ? "event" : "none_of", Site.Stage.SIGNAL)
                        .ifPresent(of -> rules.add(new OutcomeRule(
                                member.name(), of.pattern(), section.millis("within", Durations.unit("d")), success)));
            });
        }
        return rules;
    }
}
