package dev.forestall.loop.gate;

import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a customer has said about being contacted, less what cannot stand any more. */
final class Consents {

    private final List<Consent> said = new ArrayList<>();

    void add(Consent consent) {
        for (Consent each : said) {
            if (isSameThing(each, consent) && isBeaten(consent, each)) {
                return;
            }
        }
        said.removeIf(each -> isSameThing(each, consent) && isBeaten(each, consent));
        said.add(consent);
    }

    /**
     * Whether a statement need not be kept beside another one about the same thing: it is certainly earlier; or the other one is as
     * restrictive, replaces whatever this one replaces, and is replaced by nothing that does not replace this one.
     */
    private static boolean isBeaten(Consent one, Consent other) {
        return one.yieldsTo(other)
                || other.compareRestriction(one) <= 0
                        && (one.atMillis() == Consent.UNKNOWN
                                ? other.knownByMillis() >= one.knownByMillis()
                                : other.atMillis() == one.atMillis());
    }

    private static boolean isSameThing(Consent one, Consent other) {
        return one.purpose().equals(other.purpose()) && one.channel().equals(other.channel());
    }

    /** The statement that stands for a purpose on a channel. */
    Optional<Consent> standing(String purpose, String channel) {
        Consent standing = null;
        for (Consent each : said) {
            if (each.covers(purpose, channel)
                    && !yieldsToAny(each, purpose, channel)
                    && (standing == null || each.compareRestriction(standing) < 0)) {
                standing = each;
            }
        }
        return Optional.ofNullable(standing);
    }

    private boolean yieldsToAny(Consent consent, String purpose, String channel) {
        return said.stream().anyMatch(other -> other.covers(purpose, channel) && consent.yieldsTo(other));
    }

    List<Consent> all() {
        return List.copyOf(said);
    }

    static final Memory<Consents> MEMORY = new Memory<>() {
        @Override
        public Consents fresh() {
            return new Consents();
        }

        @Override
        public boolean isFresh(Consents consents) {
            return consents.said.isEmpty();
        }

        @Override
        public Consents read(Reader from) {
            Consents consents = new Consents();
            int size = from.size();
            for (int i = 0; i < size; i++) {
                boolean isGiven = from.flag();
                String purpose = from.text();
                String channel = from.text();
                boolean isKnown = from.flag();
                long knownBy = from.whole();
                long until = from.whole();
                consents.said.add(new Consent(
                        isGiven,
                        purpose,
                        channel,
                        isKnown ? knownBy : Consent.UNKNOWN,
                        knownBy,
                        until,
                        from.text(),
                        from.whole()));
            }
            return consents;
        }

        @Override
        public void write(Consents consents, Writer to) {
            to.count(consents.said.size());
            for (Consent each : consents.said) {
                to.flag(each.isGiven()).text(each.purpose()).text(each.channel());
                to.flag(each.atMillis() != Consent.UNKNOWN).whole(each.knownByMillis());
                to.whole(each.untilMillis()).text(each.source()).whole(each.position());
            }
        }
    };
}
