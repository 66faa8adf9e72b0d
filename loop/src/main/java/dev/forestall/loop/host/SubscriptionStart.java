package dev.forestall.loop.host;

/** From where on somebody reads who subscribes under a name for the first time. */
public sealed interface SubscriptionStart {

    /** The first effect that is kept. */
    record Beginning() implements SubscriptionStart {}

    /** What is committed from now on. */
    record Now() implements SubscriptionStart {}

    /** A place the consumer has kept itself. It counts more than the place that is stored under the name. */
    record At(EffectOffset offset) implements SubscriptionStart {}
}
