package dev.forestall.loop.trigger;

import dev.forestall.loop.reason.Reason;
import dev.forestall.loop.risk.KnownRisk;
import java.util.List;

/**
 * What was known when somebody was alerted or something was decided.
 *
 * @param risks the latest probability of each prediction that had one, in the order of the definition
 * @param reasons why, the strongest first, when it was a risk that triggered; else empty
 */
public record Basis(List<KnownRisk> risks, List<Reason> reasons) {

    /** Nothing was predicted. */
    public static final Basis NONE = new Basis(List.of(), List.of());

    public Basis {
        risks = List.copyOf(risks);
        reasons = List.copyOf(reasons);
    }
}
