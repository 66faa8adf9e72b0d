package dev.forestall.loop.alert;

import dev.forestall.loop.trigger.TriggerFindings;
import java.util.List;

/** What a moment has brought, up to the alerts. */
public interface AlertFindings extends TriggerFindings {

    List<Alert> alerts();
}
