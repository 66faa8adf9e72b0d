package dev.forestall.loop.journey;

import java.util.List;

/** What a moment has brought, as far as this stage sees it: each stage adds to its own list and reads those to its left. */
public interface JourneyFindings {

    List<Transition> transitions();
}
