package dev.forestall.loop.request;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.gate.GateRule;

/** What has become of an action request, other than that it may be sent. Whoever asks for a permit gets one, or one of these. Immutable. */
public sealed interface RequestChange {

    /** Of this effect. */
    EffectId id();

    /** The request that it is about. */
    RequestRef request();

    /** When, in milliseconds since 1970 UTC. */
    long atMillis();

    /** Where the request stands from now on. */
    RequestStage stage();

    /**
     * Not now, perhaps later.
     *
     * @param untilMillis when to ask again
     * @param rule which rule defers it
     * @param value what the rule looked at, for people: {@code 21:00-08:00 Europe/Berlin}
     */
    record Deferred(EffectId id, RequestRef request, long atMillis, long untilMillis, GateRule rule, String value)
            implements RequestChange {
        @Override
        public RequestStage stage() {
            return RequestStage.DEFERRED;
        }
    }

    /**
     * It waits for somebody's answer, and not for a time.
     *
     * @param rule whose answer: {@link GateRule#PERSON} or {@link GateRule#CAPACITY}
     * @param value what the rule looked at, for people
     */
    record Held(EffectId id, RequestRef request, long atMillis, GateRule rule, String value) implements RequestChange {
        @Override
        public RequestStage stage() {
            return RequestStage.HELD;
        }
    }

    /**
     * Whoever it waited for has answered: it is due now.
     *
     * @param by who, such as {@code user:u-7} or {@code resource:agent_minutes}
     */
    record Resumed(EffectId id, RequestRef request, long atMillis, String by) implements RequestChange {
        @Override
        public RequestStage stage() {
            return RequestStage.REQUESTED;
        }
    }

    /**
     * It is not to be sent, now or later.
     *
     * @param rule which rule refuses it
     * @param value what the rule looked at, for people: {@code voice at most 1 in 14 days}
     */
    record Refused(EffectId id, RequestRef request, long atMillis, GateRule rule, String value)
            implements RequestChange {
        @Override
        public RequestStage stage() {
            return RequestStage.REFUSED;
        }
    }

    /**
     * Another request to the same customer that is due at the same instant goes on.
     *
     * @param by that request
     */
    record Outbid(EffectId id, RequestRef request, long atMillis, RequestRef by) implements RequestChange {
        @Override
        public RequestStage stage() {
            return RequestStage.OUTBID;
        }
    }

    /**
     * There is no reason for it any more.
     *
     * @param cause what has changed, for people: {@code signal.outage ended}
     * @param was where it stood until now: of what was {@link RequestStage#isOut out} already, whoever performs it has to take back what can
     *     be taken back, such as a workflow or a case
     */
    record Withdrawn(EffectId id, RequestRef request, long atMillis, String cause, RequestStage was)
            implements RequestChange {
        @Override
        public RequestStage stage() {
            return RequestStage.WITHDRAWN;
        }
    }

    /** Its time is over. */
    record Expired(EffectId id, RequestRef request, long atMillis) implements RequestChange {
        @Override
        public RequestStage stage() {
            return RequestStage.EXPIRED;
        }
    }

    /**
     * A channel, a workflow or a person has reported what became of it.
     *
     * @param stage where it stands by that report
     * @param channel on which; empty when that does not matter
     * @param detail what the report says beside, for people: the provider, or the reason
     */
    record Moved(EffectId id, RequestRef request, long atMillis, RequestStage stage, String channel, String detail)
            implements RequestChange {}

    /**
     * Somebody asked for a permit, approved it or took it back although there is nothing to decide: it stands as it stood.
     *
     * @param stage where it stands
     * @param detail more about that, for people; of a permit that is valid, until when
     */
    record Stands(EffectId id, RequestRef request, long atMillis, RequestStage stage, String detail)
            implements RequestChange {}
}
