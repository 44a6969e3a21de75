package dev.darkroom.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2600:9000:20a5::1",
                "2a00:1450:4001:81b::200e",
                "2001:200::1",
                "64:ff9b::1.1.1.1"
            })
    void aPublicAddress(String address) throws UnknownHostException {
        assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.169.254",
                "169.254.170.2",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.170",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1", // IPv4-compatible
                "::ffff:127.0.0.1", // IPv4-mapped
                "::ffff:0:127.0.0.1", // IPv4-translated
                "64:ff9b::127.0.0.1", // NAT64
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1", // local NAT64
                "100::1", // discard
                "2001::1", // Teredo
                "2001:db8::1", // documentation
                "2002:7f00:1::1", // 6to4 of 127.0.0.1
                "2002:a9fe:a9fe::1",
                "3fff::1", // documentation
                "5f00::1", // segment routing
                "fc00::1", // unique local
                "fd00:ec2::254", // the metadata of AWS
                "fe80::1", // link-local
                "fec0::1", // site-local
                "ff02::1" // multicast
            })
    void anAddressThatIsNotPublic(String address) throws UnknownHostException {
        assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isFalse();
    }

    /** The JDK turns some of these into IPv4 addresses by itself, unless they have the form of an IPv6 object. */
    @Test
    void anEmbeddedAddressOfLoopback() throws UnknownHostException {
        var mapped = HexFormat.of().parseHex("00000000000000000000ffff7f000001");

        assertThat(PublicAddress.isPublic(InetAddress.getByAddress("a-name", mapped)))
                .isFalse();
    }
}
