package dev.forestall.embedded;

import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.SubjectId;

/** Makes messages name nobody: what they count stays as it is. */
final class Anonymous {

    private Anonymous() {}

    /** @param standIn in the place of whoever sent the message */
    static Effect.SendMessage of(Effect.SendMessage send, SubjectId standIn) {
        EffectId id = send.id();
        return new Effect.SendMessage(
                new EffectId(standIn, id.position(), id.index()),
                send.atMillis(),
                send.to(),
                of(send.message(), standIn.key()));
    }

    private static Message of(Message message, String member) {
        return switch (message) {
            case Message.Count count ->
                new Message.Count(count.signal(), count.bucketMillis(), count.tried(), count.hit(), member);
            case Message.Dependence dependence ->
                new Message.Dependence(dependence.signal(), dependence.atMillis(), member, dependence.isActive());
            case Message.Use use -> new Message.Use(use.workload(), use.bucketMillis(), member);
            case Message.Notice notice -> notice;
            case Message.WorkloadReport report -> report;
            case Message.Question question -> question;
            case Message.Answer answer -> answer;
            case Message.Claim claim -> claim;
            case Message.Grant grant -> grant;
        };
    }
}
