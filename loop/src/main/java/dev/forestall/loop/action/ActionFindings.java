package dev.forestall.loop.action;

import dev.forestall.loop.alert.AlertFindings;
import java.util.List;

/** What a moment has brought, up to what is to be done. */
public interface ActionFindings extends AlertFindings {

    List<Decision> decisions();

    List<ActionRequest> requests();
}
