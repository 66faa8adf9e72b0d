package dev.forestall.channels.webhook;

import dev.forestall.dispatch.DispatchError;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who may be called. Addresses are typed in by people, and what stands behind a name can change: nobody shall reach through us what only this
 * machine or this network can reach. Immutable.
 */
public final class Egress {

    private static final Set<Integer> PORTS = Set.of(443, 8443);

    private static final List<Network> CLOSED = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // Of the newer protocol only what is given out to the world, without those that stand for an address of the
            // older one.
            "2001:0000::/32",
            "2001:0db8::/32",
            "2002::/16");

    private static final Network WORLD = Network.of("2000::/3");

    private final Set<String> hosts;
    private final List<Network> open;

    private Egress(Set<String> hosts, List<Network> open) {
        this.hosts = Set.copyOf(hosts);
        this.open = List.copyOf(open);
    }

    /** Nobody but the world outside. */
    public static Egress strict() {
        return new Egress(Set.of(), List.of());
    }

    /**
     * With exceptions.
     *
     * @param allow each either a host with its port, {@code relay.internal:8080}, which may be called without encryption too, or a network,
     *     {@code 10.1.0.0/16}, whose addresses may be called like those outside
     */
    public static Egress allowing(List<String> allow) {
        return new Egress(
                Set.copyOf(allow.stream()
                        .filter(each -> !each.contains("/"))
                        .map(each -> each.toLowerCase(Locale.ROOT))
                        .toList()),
                allow.stream()
                        .filter(each -> each.contains("/"))
                        .map(Network::of)
                        .toList());
    }

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts).map(Network::of).toList();
    }

    /** Whether the file that only the operator writes names exactly this host and port. */
    boolean isException(URI url) {
        return hosts.contains(url.getHost().toLowerCase(Locale.ROOT) + ":" + port(url));
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    /**
     * Checks what can be seen of an address without asking anybody.
     *
     * @throws dev.forestall.dispatch.DispatchException when it may not be called
     */
    public URI check(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException unreadable) {
            throw DispatchError.ENDPOINT_REFUSED.because("the address cannot be read. Expected https://host/path");
        }
        if (url.getHost() == null || url.getScheme() == null || url.getUserInfo() != null) {
            throw DispatchError.ENDPOINT_REFUSED.because(
                    "the address must be of the form https://host/path, without a user or password in it");
        }
        if (isException(url)) {
            return url;
        }
        if (!url.getScheme().equalsIgnoreCase("https")) {
            throw DispatchError.ENDPOINT_REFUSED.because(url.getHost() + " is to be called by " + url.getScheme()
                    + ". Expected https; an operator can make an exception: egress.allow");
        }
        if (!PORTS.contains(port(url))) {
            throw DispatchError.ENDPOINT_REFUSED.because(url.getHost() + " is to be called on port " + port(url)
                    + ". Expected 443 or 8443; an operator can make an exception: egress.allow");
        }
        return url;
    }

    /**
     * The addresses behind a name, all of which may be called.
     *
     * @throws ForbiddenHost when one of them may not: a name that leads inside as well as outside is not trusted
     */
    InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = InetAddress.getAllByName(host);
        for (InetAddress each : found) {
            if (!isOpen(each)) {
                throw new ForbiddenHost(host);
            }
        }
        return found;
    }

    /** Whether an address may be called. */
    boolean isOpen(InetAddress address) {
        if (open.stream().anyMatch(network -> network.holds(address))) {
            return true;
        }
        boolean isWorld = address instanceof Inet4Address || WORLD.holds(address);
        return isWorld && CLOSED.stream().noneMatch(network -> network.holds(address)) && !isOurs(address);
    }

    private static boolean isOurs(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            // Who cannot say what its own addresses are calls nobody.
            return true;
        }
    }

    /** A name leads to where nobody may be called through us. */
    static final class ForbiddenHost extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        ForbiddenHost(String host) {
            super(DispatchError.ENDPOINT_REFUSED.code() + " " + host
                    + " leads to an address inside. An operator can make an exception: egress.allow");
        }
    }
}
