package dev.forestall.loop.alert;

import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;

/** What a subject remembers of one alert: the one that is open, or when the last one resolved. */
final class OpenAlert {

    boolean open;
    /** Under which name it was raised: whom it is about may have turned out to be somebody else since. */
    String raisedOn = "";

    long raisedAtMillis;
    long position;
    int index;
    /** Signals raised into it and not withdrawn. */
    int count;
    /** Of those, the ones that still stand. */
    int active;

    boolean escalated;
    long lastMillis;
    long resolvedAtMillis = Long.MIN_VALUE;

    static final Memory.Said<OpenAlert> MEMORY = new Memory.Said<>() {
        /** Of two that are open, the one that was raised first goes on, with what was raised into either. */
        @Override
        public OpenAlert join(OpenAlert one, OpenAlert other) {
            if (!one.open || !other.open) {
                OpenAlert stays = other.open ? other : one;
                stays.resolvedAtMillis =
                        stays.open ? Long.MIN_VALUE : Math.max(one.resolvedAtMillis, other.resolvedAtMillis);
                return stays;
            }
            OpenAlert first = isBefore(other, one) ? other : one;
            OpenAlert second = first == one ? other : one;
            first.count += second.count;
            first.active += second.active;
            first.lastMillis = Math.max(first.lastMillis, second.lastMillis);
            return first;
        }

        private boolean isBefore(OpenAlert one, OpenAlert other) {
            return one.position != other.position ? one.position < other.position : one.index < other.index;
        }

        @Override
        public boolean isOfEveryPart() {
            return false;
        }

        @Override
        public OpenAlert fresh() {
            return new OpenAlert();
        }

        @Override
        public boolean isFresh(OpenAlert alert) {
            return !alert.open && alert.resolvedAtMillis == Long.MIN_VALUE;
        }

        @Override
        public OpenAlert read(Reader from) {
            OpenAlert alert = new OpenAlert();
            alert.open = from.flag();
            if (!alert.open) {
                alert.resolvedAtMillis = from.whole();
                return alert;
            }
            alert.raisedOn = from.text();
            alert.raisedAtMillis = from.whole();
            alert.position = from.count();
            alert.index = from.size();
            alert.count = from.size();
            alert.active = from.size();
            alert.escalated = from.flag();
            alert.lastMillis = alert.raisedAtMillis + from.whole();
            return alert;
        }

        @Override
        public void write(OpenAlert alert, Writer to) {
            to.flag(alert.open);
            if (!alert.open) {
                to.whole(alert.resolvedAtMillis);
                return;
            }
            to.text(alert.raisedOn)
                    .whole(alert.raisedAtMillis)
                    .count(alert.position)
                    .count(alert.index)
                    .count(alert.count)
                    .count(alert.active)
                    .flag(alert.escalated)
                    .whole(alert.lastMillis - alert.raisedAtMillis);
        }
    };
}
