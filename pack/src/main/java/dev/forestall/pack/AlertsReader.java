package dev.forestall.pack;

import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.alert.AlertRule.GroupBy;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads who is to know. */
final class AlertsReader {

    private AlertsReader() {}

    /** In the order of their names. */
    static List<AlertRule> read(Section pack, SignalsReader signals, List<String> predictions, Problems problems) {
        List<AlertRule> rules = new ArrayList<>();
        for (Member member : pack.members("alerts")) {
            member.section(Grammar.ALERT)
                    .ifPresent(section -> rules.add(rule(member.name(), section, signals, predictions, problems)));
        }
        return rules;
    }

    private static AlertRule rule(
            String name, Section section, SignalsReader signals, List<String> predictions, Problems problems) {
        Set<TriggerName> on = Triggers.read(section, "on", signals, predictions, problems);
        return new AlertRule(
                name,
                on,
                section.text("owner", ""),
                section.text("group_by", "subject").equals("journey") ? GroupBy.RUN : GroupBy.SUBJECT,
                section.millis("escalate_after", 0),
                section.millis("cooldown", 0),
                section.millis("auto_resolve_after", 0));
    }
}
