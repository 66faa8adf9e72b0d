package dev.forestall.loop.gate;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lately reached a customer, or may be on its way to them: what caps count. */
final class Contacts {

    /**
     * One contact.
     *
     * @param request the action request behind it
     * @param atMillis when it reached the customer, or when its place was reserved
     * @param reservedUntilMillis until when a reservation counts, the end not included; {@link Cells#NEVER} once it is known that the customer was
     *     contacted, or may have been
     * @param isAssumed whether nobody was contacted, because it follows from history: it counts for what else does
     */
    record Contact(
            EffectId request,
            String purpose,
            String channel,
            long atMillis,
            long reservedUntilMillis,
            boolean isAssumed) {

        Contact of(EffectId other) {
            return new Contact(other, purpose, channel, atMillis, reservedUntilMillis, isAssumed);
        }

        boolean isReserved() {
            return reservedUntilMillis != Cells.NEVER;
        }

        boolean counts(Cap cap, long nowMillis, boolean isInHistory) {
            return (isInHistory || !isAssumed)
                    && cap.counts(purpose, channel)
                    && reservedUntilMillis > nowMillis
                    && atMillis > nowMillis - cap.withinMillis();
        }

        /** From when on no cap counts it any more. */
        long obsoleteAtMillis(List<Cap> caps) {
            long at = Long.MIN_VALUE;
            for (Cap cap : caps) {
                if (cap.counts(purpose, channel)) {
                    at = Math.max(at, atMillis + cap.withinMillis());
                }
            }
            return Math.min(at, reservedUntilMillis);
        }
    }

    final List<Contact> all = new ArrayList<>();

    void put(Contact contact) {
        remove(contact.request);
        all.add(contact);
    }

    boolean remove(EffectId request) {
        return all.removeIf(each -> each.request.equals(request));
    }

    void rename(EffectId request, EffectId newId) {
        all.replaceAll(each -> each.request.equals(request) ? each.of(newId) : each);
    }

    /**
     * How many count.
     *
     * @param isInHistory whether what is assumed counts as well
     * @param but is not counted; null for none
     */
    int count(Cap cap, long nowMillis, boolean isInHistory, @Nullable EffectId but) {
        int count = 0;
        for (Contact each : all) {
            count += each.counts(cap, nowMillis, isInHistory) && !each.request.equals(but) ? 1 : 0;
        }
        return count;
    }

    void forgetObsolete(List<Cap> caps, long nowMillis) {
        all.removeIf(each -> each.obsoleteAtMillis(caps) <= nowMillis);
    }

    long nextObsolete(List<Cap> caps) {
        return all.stream().mapToLong(each -> each.obsoleteAtMillis(caps)).min().orElse(Cells.NEVER);
    }

    static final Memory.Said<Contacts> MEMORY = new Memory.Said<>() {
        @Override
        public Contacts join(Contacts one, Contacts other) {
            for (Contact each : other.all) {
                if (one.all.stream().noneMatch(known -> known.request.equals(each.request))) {
                    one.all.add(each);
                }
            }
            one.all.sort(Comparator.comparingLong(Contact::atMillis)
                    .thenComparing(each -> each.request.position())
                    .thenComparing(each -> each.request.index()));
            return one;
        }

        @Override
        public boolean isOfEveryPart() {
            return true;
        }

        @Override
        public Contacts fresh() {
            return new Contacts();
        }

        @Override
        public boolean isFresh(Contacts contacts) {
            return contacts.all.isEmpty();
        }

        @Override
        public Contacts read(Reader from) {
            Contacts contacts = new Contacts();
            int size = from.size();
            for (int i = 0; i < size; i++) {
                SubjectId customer = SubjectId.customer(from.text());
                EffectId request = new EffectId(customer, from.whole(), from.size());
                String purpose = from.text();
                String channel = from.text();
                long at = from.whole();
                boolean isAssumed = from.flag();
                contacts.all.add(new Contact(
                        request, purpose, channel, at, from.flag() ? from.whole() : Cells.NEVER, isAssumed));
            }
            return contacts;
        }

        @Override
        public void write(Contacts contacts, Writer to) {
            to.count(contacts.all.size());
            for (Contact each : contacts.all) {
                to.text(each.request.subject().key())
                        .whole(each.request.position())
                        .count(each.request.index());
                to.text(each.purpose)
                        .text(each.channel)
                        .whole(each.atMillis)
                        .flag(each.isAssumed)
                        .flag(each.isReserved());
                if (each.isReserved()) {
                    to.whole(each.reservedUntilMillis);
                }
            }
        }
    };
}
