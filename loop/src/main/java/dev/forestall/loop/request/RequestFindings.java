package dev.forestall.loop.request;

import dev.forestall.loop.action.ActionFindings;
import java.util.List;

/** What a moment has brought, up to what becomes of requests. */
public interface RequestFindings extends ActionFindings {

    List<Permit> permits();

    List<RequestChange> changes();
}
