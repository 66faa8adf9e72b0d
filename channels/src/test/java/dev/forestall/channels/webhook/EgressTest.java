package dev.forestall.channels.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.dispatch.DispatchError;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {

    private static final Egress STRICT = Egress.strict();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.254",
                "127.0.0.1",
                "127.255.0.3",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "192.88.99.1",
                "198.18.0.1",
                "224.0.0.1",
                "239.1.2.3",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::a00:1",
                "2001:0:1::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a00:1::",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void what_only_this_machine_or_network_can_reach_is_closed(String address) throws UnknownHostException {
        assertThat(STRICT.isOpen(InetAddress.getByName(address))).isFalse();
        assertThatThrownBy(() -> STRICT.resolve(address)).isInstanceOf(Egress.ForbiddenHost.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.167.255.255",
                "223.255.255.1",
                "2606:4700:4700::1111",
                "2a00:1450::1"
            })
    void the_world_outside_is_open(String address) throws UnknownHostException {
        assertThat(STRICT.isOpen(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void our_own_addresses_are_closed_whatever_they_are() throws SocketException {
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .forEach(address -> assertThat(STRICT.isOpen(address)).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/hook",
                "ftp://example.com/hook",
                "https://example.com:22/hook",
                "https://user:secret@example.com/hook",
                "https:///hook",
                "//example.com/hook",
                "not an address",
                "file:///etc/passwd"
            })
    void other_ways_ports_and_passwords_are_refused(String url) {
        assertThatThrownBy(() -> STRICT.check(url)).hasMessageStartingWith(DispatchError.ENDPOINT_REFUSED.code());
    }

    @Test
    void an_exception_is_for_one_host_and_port_only() {
        Egress egress = Egress.allowing(List.of("relay.internal:8080"));
        assertThat(egress.check("http://relay.internal:8080/hook").getPort()).isEqualTo(8080);
        assertThatThrownBy(() -> egress.check("http://relay.internal:8081/hook"))
                .hasMessageStartingWith(DispatchError.ENDPOINT_REFUSED.code());
        assertThatThrownBy(() -> egress.check("http://other.internal:8080/hook"))
                .hasMessageStartingWith(DispatchError.ENDPOINT_REFUSED.code());
    }

    @Test
    void an_exception_for_a_network_opens_its_addresses_only() throws UnknownHostException {
        Egress egress = Egress.allowing(List.of("10.1.0.0/16"));
        assertThat(egress.isOpen(InetAddress.getByName("10.1.255.255"))).isTrue();
        assertThat(egress.isOpen(InetAddress.getByName("10.2.0.0"))).isFalse();
        assertThatThrownBy(() -> Egress.allowing(List.of("10.1.0.0/33"))).hasMessageContaining("10.1.0.0/33");
    }

    @Test
    void a_good_address_passes() {
        assertThat(STRICT.check("https://example.com/hook?tenant=a").getHost()).isEqualTo("example.com");
        assertThat(STRICT.check("https://example.com:8443/hook").getPort()).isEqualTo(8443);
    }
}
