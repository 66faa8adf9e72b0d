package dev.forestall.loop.signal;

import dev.forestall.loop.event.Message.Addressed;
import dev.forestall.loop.journey.JourneyFindings;
import java.util.List;

/** What a moment has brought, up to the signals. */
public interface SignalFindings extends JourneyFindings {

    List<Signal> signals();

    /** How a customer has come to be affected by others, or ceased to be. */
    List<ContextChange> contexts();

    /** What is to be told to other subjects. */
    List<Addressed> messages();
}
