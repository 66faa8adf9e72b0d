package dev.forestall.loop.roi;

import dev.forestall.loop.request.RequestFindings;
import java.util.List;

/** What a moment has brought, up to the outcomes of decisions. */
public interface OutcomeFindings extends RequestFindings {

    List<Outcome> outcomes();
}
