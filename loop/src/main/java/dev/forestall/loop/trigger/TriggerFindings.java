package dev.forestall.loop.trigger;

import dev.forestall.loop.reason.ReasonFindings;
import java.util.List;

/** What a moment has brought, up to what alerts and policies act on. */
public interface TriggerFindings extends ReasonFindings {

    List<Trigger> triggers();
}
