package dev.forestall.loop.roi;

import dev.forestall.loop.action.ActionFindings;
import java.util.List;

/** What a moment has brought, up to the outcomes of decisions. */
public interface OutcomeFindings extends ActionFindings {

    List<Outcome> outcomes();
}
