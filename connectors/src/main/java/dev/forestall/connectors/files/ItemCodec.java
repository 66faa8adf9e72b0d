package dev.forestall.connectors.files;

import dev.forestall.loop.event.ErrorCode;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;

/**
 * Writes items compactly while they are being sorted, and reads them back. The bytes live as long as the process and name things by
 * number; whoever keeps events longer names them by name. For one thread.
 */
final class ItemCodec {

    private final TrackingPlan plan;
    private final Writer writer = new Writer();
    private final Reader reader = new Reader();

    ItemCodec(TrackingPlan plan) {
        this.plan = plan;
    }

    byte[] write(Item item) {
        writer.clear();
        writer.count(item.line()).count(item.offset() + 1);
        switch (item.reading()) {
            case Reading.Good good -> write(good.event());
            case Reading.Bad bad -> write(bad.rejected(), item);
            case Reading.Ignored ignored -> throw new IllegalArgumentException("ignored records are not sorted");
        }
        return writer.toBytes();
    }

    private void write(Event event) {
        EventType type = event.type();
        writer.count(type.index() + 1).whole(event.atMillis()).text(event.id());
        for (int i = 0; i < plan.identifiers().size(); i++) {
            String value = event.identifier(i);
            // Identifiers are never empty.
            writer.text(value == null ? "" : value);
        }
        long present = 0;
        for (int slot = 0; slot < type.properties().size(); slot++) {
            present |= event.has(slot) ? 1L << slot : 0;
        }
        writer.whole(present);
        for (long rest = present; rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            String text = event.text(slot);
            switch (type.properties().get(slot).type()) {
                case STRING -> writer.text(text == null ? "" : text);
                case NUMBER -> writer.compactNumber(event.number(slot));
                case INTEGER, BOOLEAN, MONEY, TIME, DURATION -> writer.whole(event.whole(slot));
            }
        }
    }

    private void write(Rejected rejected, Item item) {
        writer.count(0)
                .text(rejected.code().code())
                .text(rejected.field())
                .text(rejected.detail())
                .text(item.raw())
                .text(item.form().format())
                .text(item.form().header());
    }

    Item read(byte[] bytes, int from, int to) {
        reader.over(bytes, from, to);
        long line = reader.count();
        long offset = reader.count() - 1;
        int kind = reader.size();
        if (kind > 0) {
            return new Item(new Reading.Good(readEvent(plan.types().get(kind - 1))), line, offset, "", Form.NONE);
        }
        Rejected rejected = new Rejected(code(reader.text()), reader.text(), reader.text());
        return new Item(new Reading.Bad(rejected), line, offset, reader.text(), new Form(reader.text(), reader.text()));
    }

    private Event readEvent(EventType type) {
        long at = reader.whole();
        Event.Builder event = Event.of(plan, type, reader.text(), at);
        for (int i = 0; i < plan.identifiers().size(); i++) {
            String value = reader.text();
            if (!value.isEmpty()) {
                event.identifier(i, value);
            }
        }
        for (long rest = reader.whole(); rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            PropertyType stored = type.properties().get(slot).type();
            switch (stored) {
                case STRING -> event.text(slot, reader.text());
                case NUMBER -> event.number(slot, reader.compactNumber());
                case INTEGER, BOOLEAN, MONEY, TIME, DURATION -> event.whole(slot, reader.whole());
            }
        }
        return event.build();
    }

    private static ErrorCode code(String code) {
        for (EventError error : EventError.values()) {
            if (error.code().equals(code)) {
                return error;
            }
        }
        throw new IllegalStateException("no event error is called " + code);
    }
}
