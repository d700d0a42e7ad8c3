package io.trekpoint.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "127.0.0.1, 127.0.0.1",
        "2001:db8::1, 2001:0db8:0000:0000::/64",
        "2001:db8:1:2:3:4:5:6, 2001:0db8:0001:0002::/64",
        "::1, 0000:0000:0000:0000::/64",
        "::ffff:192.0.2.7, 192.0.2.7",
    })
    void isAnIpv4AddressOrTheNetworkOfAnIpv6Address(String host, String text) {
        assertThat(of(host)).isEqualTo(new Address(text));
    }

    @Test
    void isOneForTheHostsOfANetworkAndAnotherForAnotherNetwork() {
        assertThat(of("2001:db8:0:1::1")).isEqualTo(of("2001:db8:0:1:ffff::9"));
        assertThat(of("2001:db8:0:1::1")).isNotEqualTo(of("2001:db8:0:2::1"));
        assertThat(of("192.0.2.7")).isNotEqualTo(of("192.0.2.8"));
    }

    @Test
    void isUnknownWithoutAConnectionAndForADomainSocket() {
        assertThat(Address.of(null)).isEqualTo(Address.UNKNOWN);
        assertThat(Address.of(SocketAddress.domainSocketAddress("/run/gateway")))
                .isEqualTo(Address.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client.example", "_hidden", "unknown", "1.2.3.4.5", "192.0.2"})
    void isUnknownWhereAProxyNamesNoAddress(String host) {
        assertThat(of(host)).isEqualTo(Address.UNKNOWN);
    }

    @Test
    void isNotRevealedByWhatStandsForIt() {
        for (String host : List.of("192.0.2.7", "2001:db8:0:1::1")) {
            Caller caller = Caller.anonymous(of(host));

            assertThat(caller.id()).matches("anon-[0-9a-f]{32}").doesNotContain(host);
            assertThat(caller.name()).isEqualTo("anonymous");
            assertThat(caller.id()).isEqualTo(Caller.anonymous(of(host)).id());
        }
        assertThat(of("192.0.2.7").digest()).isNotEqualTo(of("192.0.2.8").digest());
    }

    private static Address of(String host) {
        return Address.of(SocketAddress.inetSocketAddress(443, host));
    }
}
