package dev.forestall.loop.risk;

import dev.forestall.loop.signal.SignalFindings;
import java.util.List;

/** What a moment has brought, up to the risks. */
public interface RiskFindings extends SignalFindings {

    List<Risk> risks();

    /** What is learned from; empty in a live definition. */
    List<Sample> samples();
}
