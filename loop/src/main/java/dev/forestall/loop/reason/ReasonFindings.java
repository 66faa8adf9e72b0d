package dev.forestall.loop.reason;

import dev.forestall.loop.risk.RiskFindings;
import java.util.List;

/** What a moment has brought, up to the reasons. */
public interface ReasonFindings extends RiskFindings {

    List<Explanation> explanations();
}
