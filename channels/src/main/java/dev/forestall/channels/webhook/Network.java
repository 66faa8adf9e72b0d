package dev.forestall.channels.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of addresses.
 *
 * @param start its first address, as bytes
 * @param bits how many of its first bits all addresses share
 */
record Network(byte[] start, int bits) {

    /** @param text such as {@code 10.0.0.0/8} or {@code 2002::/16} */
    static Network of(String text) {
        int slash = text.indexOf('/');
        try {
            String address = text.substring(0, slash);
            if (!address.matches("[0-9a-fA-F.:]+")) {
                throw new UnknownHostException(address);
            }
            byte[] start = InetAddress.getByName(address).getAddress();
            int bits = Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= start.length * Byte.SIZE) {
                return new Network(start, bits);
            }
        } catch (UnknownHostException | NumberFormatException | IndexOutOfBoundsException unreadable) {
            // said below
        }
        throw new IllegalArgumentException("'" + text + "' is no network. Expected for instance 10.1.0.0/16");
    }

    boolean holds(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != start.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((start[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
