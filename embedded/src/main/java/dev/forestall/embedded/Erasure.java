package dev.forestall.embedded;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.Erased;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.identity.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Erases a customer: says so in the log, lets go of state and wake-ups, leaves of each effect that it was, makes what they told others
 * anonymous, and then deletes names and keys, by which all else that is stored about them can be read by nobody. Noted before it begins, so
 * that what a crash interrupts is finished when the directory is opened again.
 */
final class Erasure {

    private final DataDirectory directory;
    private final Host host;
    private final KeyRing keys;
    private final Consumer<Done> watching;

    /** What is done one after the other. A crash can come behind each, and the rest is then done when the directory is next opened. */
    enum Done {
        NOTED,
        LOGGED,
        BURIED,
        DELETED
    }

    Erasure(DataDirectory directory, Host host) {
        this(directory, host, done -> {});
    }

    /** @param watching is told what has been done */
    Erasure(DataDirectory directory, Host host, Consumer<Done> watching) {
        this.directory = directory;
        this.host = host;
        this.keys = directory.keys();
        this.watching = watching;
    }

    /**
     * Erases all that is known of a customer, under any name.
     *
     * @return what that was; empty when nothing is known
     */
    Optional<Erased> erase(SubjectId customer, String because, long nowMillis) {
        host.commit();
        List<Long> numbers = numbers(customer);
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        keys.begin(numbers, because);
        watching.accept(Done.NOTED);
        return Optional.of(finish(nowMillis));
    }

    /** Finishes what a crash, or a restore, has left to be done. */
    Erased finish(long nowMillis) {
        SequencedMap<Long, String> erasing = keys.erasing();
        if (erasing.isEmpty()) {
            return Erased.NOTHING;
        }
        List<Long> numbers = List.copyOf(erasing.keySet());
        List<SubjectId> customers = new ArrayList<>();
        List<Identifier> identifiers = new ArrayList<>();
        for (long number : numbers) {
            KeyRing.Entry entry = keys.of(number);
            if (entry != null) {
                SealedStore.identifier(entry.name()).ifPresent(identifiers::add);
                customer(entry).ifPresent(customers::add);
            }
        }
        host.forget(
                new Logged.Erased(
                        Origin.BY_HAND, numbers, nowMillis, erasing.firstEntry().getValue()),
                customers,
                identifiers,
                this::standIn);
        watching.accept(Done.LOGGED);
        SealedStore.Left left =
                directory.sealedState().erase(new TreeSet<>(numbers), this::standIn, keys.effectNames());
        watching.accept(Done.BURIED);
        keys.erase(numbers);
        watching.accept(Done.DELETED);
        directory.noteErased();
        return new Erased(customers.size(), left.effects(), left.messages());
    }

    private static Optional<SubjectId> customer(KeyRing.Entry entry) {
        SubjectId subject = Keys.subject(entry.name());
        return subject.isCustomer() ? Optional.of(subject) : Optional.empty();
    }

    /** Who stands in messages for somebody who is being erased; null when the subject is not. */
    private @Nullable SubjectId standIn(SubjectId subject) {
        KeyRing.Entry entry = keys.find(Keys.of(subject));
        return entry != null && keys.erasing().containsKey(entry.number())
                ? new SubjectId(subject.kind(), "erased " + entry.number())
                : null;
    }

    private List<Long> numbers(SubjectId customer) {
        TreeSet<Long> numbers = new TreeSet<>();
        List<Identifier> identifiers = host.identifiers(customer);
        for (Identifier identifier : identifiers) {
            add(keys.find(Keys.of(host.named(identifier))), numbers);
            add(keys.find(SealedStore.ofIdentifier(Keys.of(identifier))), numbers);
        }
        if (!numbers.isEmpty()) {
            addRejections(identifiers.stream().map(Identifier::value).toList(), numbers);
        }
        return List.copyOf(numbers);
    }

    private static void add(KeyRing.@Nullable Entry entry, TreeSet<Long> numbers) {
        if (entry != null) {
            numbers.add(entry.number());
        }
    }

    /** What was rejected is searched for the words by which the customer is known. */
    private void addRejections(List<String> values, TreeSet<Long> numbers) {
        InputLog log = directory.log();
        LoggedCodec codec = host.codec();
        try (Cursor<InputLog.Entry> entries = log.read(log.start())) {
            while (entries.hasNext()) {
                byte[] bytes = entries.next().bytes();
                if (LoggedCodec.isOfRejected(bytes)
                        && codec.read(bytes) instanceof Logged.Rejection rejection
                        && values.stream()
                                .anyMatch(value -> isNamed(value, rejection.raw())
                                        || isNamed(value, rejection.rejected().detail()))) {
                    add(keys.find(Keys.of(LoggedCodec.subjectOfRejected(rejection.origin()))), numbers);
                }
            }
        }
    }

    /** Whether a text holds a value, and not only as a part of a longer word or number. */
    static boolean isNamed(String value, String text) {
        for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
            int end = at + value.length();
            if ((at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }
}
