package dev.forestall.dispatch;

import dev.forestall.loop.report.Report.KillSwitch;
import java.util.Locale;

/** What a kill switch stops, or a budget is for. */
public enum Scope {
    ALL,
    POLICY,
    CHANNEL;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    KillSwitch.Scope reported() {
        return KillSwitch.Scope.valueOf(name());
    }
}
