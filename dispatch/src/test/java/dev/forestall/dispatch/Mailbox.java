package dev.forestall.dispatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** A channel into memory, which answers as it is told. For any thread. */
final class Mailbox implements Channel {

    private final boolean honoursKeys;
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    volatile Function<Delivery, Answer> answer = delivery -> new Answer.Taken("p-" + delivery.key(), "ok");

    Mailbox(boolean honoursKeys) {
        this.honoursKeys = honoursKeys;
    }

    /** The keys of what was given to it, each time. */
    List<String> received() {
        return List.copyOf(received);
    }

    @Override
    public String provider() {
        return "mailbox";
    }

    @Override
    public boolean honoursKeys() {
        return honoursKeys;
    }

    @Override
    public Answer send(Delivery delivery) {
        received.add(delivery.key());
        return answer.apply(delivery);
    }
}
