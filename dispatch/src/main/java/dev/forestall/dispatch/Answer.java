package dev.forestall.dispatch;

import dev.forestall.loop.report.Report.Failure;
import java.time.Duration;
import java.util.Optional;

/** What came of sending once. Details are for people, and hold no personal data. */
public sealed interface Answer {

    /** What happened, for people. */
    String detail();

    /** The provider took it. @param providerId what the provider calls it; empty when it does not say */
    record Taken(String providerId, String detail) implements Answer {}

    /** The provider does not take it, and never will. */
    record Refused(Failure failure, String detail) implements Answer {}

    /** The provider certainly does not have it, and may take it later. @param after how long it asks to be left alone */
    record NotNow(Optional<Duration> after, String detail) implements Answer {}

    /** Nobody knows whether the provider has it: the connection broke, or the answer did not come in time. */
    record Lost(String detail) implements Answer {}

    /** The receiver wants nothing any more: it is not called again until a person says so. */
    record Gone(String detail) implements Answer {}
}
