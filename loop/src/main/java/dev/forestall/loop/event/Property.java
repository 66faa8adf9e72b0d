package dev.forestall.loop.event;

/**
 * One thing an event of some type says.
 *
 * @param name as the pack writes it
 * @param type what kind of value it holds
 * @param slot its place among the properties of its event type, from 0
 * @param required whether an event without it is rejected
 * @param personal whether it is personal data, to be masked wherever people who need not know might see it
 * @param unit the currency of money (ISO 4217) or the unit of a number; empty when there is none
 */
public record Property(String name, PropertyType type, int slot, boolean required, boolean personal, String unit) {

    public Property {
        if (name.isEmpty() || slot < 0 || slot >= EventType.MAX_PROPERTIES) {
            throw new IllegalArgumentException("property '" + name + "' at slot " + slot + " is impossible");
        }
        if (type == PropertyType.MONEY && unit.length() != 3) {
            throw new IllegalArgumentException("money property '" + name + "' needs a currency of three letters");
        }
    }
}
