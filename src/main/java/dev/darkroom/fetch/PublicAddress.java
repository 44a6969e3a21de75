package dev.darkroom.fetch;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses are public. Any other may belong to the network that the gateway runs in, such as the address of the
 * credentials of its role.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4 special-purpose addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6 special-purpose addresses</a>
 */
final class PublicAddress {

    private static final List<Block> SPECIAL_IPV4 = List.of(
            new Block(0, 0, 8), // this network
            new Block(10, 0, 8), // private
            new Block(100, 64, 10), // carrier-grade NAT
            new Block(127, 0, 8), // loopback
            new Block(169, 254, 16), // link-local, with the metadata and credentials of AWS
            new Block(172, 16, 12), // private
            new Block(192, 0, 24), // IETF protocols
            new Block(192, 0, 2, 24), // documentation
            new Block(192, 88, 99, 24), // relays of 6to4
            new Block(192, 168, 16), // private
            new Block(198, 18, 15), // benchmarks
            new Block(198, 51, 100, 24), // documentation
            new Block(203, 0, 113, 24), // documentation
            new Block(224, 0, 4), // multicast
            new Block(240, 0, 4)); // reserved, and broadcast

    /** {@code 64:ff9b::/96}: the last four bytes are the IPv4 address that a NAT64 gateway connects to. */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};

    private PublicAddress() {}

    static boolean isPublic(InetAddress address) {
        var bytes = address.getAddress();
        return bytes.length == 4 ? isPublicIpv4(bytes) : isPublicIpv6(bytes);
    }

    private static boolean isPublicIpv4(byte[] bytes) {
        return SPECIAL_IPV4.stream().noneMatch(block -> block.contains(bytes));
    }

    /**
     * Only {@code 2000::/3} is assigned for the public network. That leaves out loopback, link-local, unique local and
     * multicast addresses, and those that embed an IPv4 address: mapped, compatible, and local NAT64.
     */
    private static boolean isPublicIpv6(byte[] bytes) {
        if (Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length)) {
            return isPublicIpv4(Arrays.copyOfRange(bytes, NAT64.length, bytes.length));
        }
        int first = group(bytes, 0);
        int second = group(bytes, 1);
        boolean isUnicast = first >> 13 == 1;
        boolean isForProtocols = first == 0x2001 && second < 0x200; // Teredo embeds IPv4 addresses
        boolean isFor6to4 = first == 0x2002; // embeds IPv4 addresses
        boolean isForDocuments = (first == 0x2001 && second == 0xDB8) || (first == 0x3FFF && second < 0x1000);
        return isUnicast && !isForProtocols && !isFor6to4 && !isForDocuments;
    }

    /** One of the eight groups of an IPv6 address. */
    private static int group(byte[] bytes, int number) {
        return number(bytes, 2 * number, 2);
    }

    private static int number(byte[] bytes, int at, int count) {
        int number = 0;
        for (int i = at; i < at + count; i++) {
            number = (number << 8) | (bytes[i] & 0xFF);
        }
        return number;
    }

    /** The addresses that begin with the first {@code bits} bits of {@code prefix}. */
    private record Block(int prefix, int bits) {

        Block(int first, int second, int bits) {
            this(first, second, 0, bits);
        }

        Block(int first, int second, int third, int bits) {
            this(((first << 24) | (second << 16) | (third << 8)) >>> (Integer.SIZE - bits), bits);
        }

        boolean contains(byte[] ipv4) {
            return number(ipv4, 0, 4) >>> (Integer.SIZE - bits) == prefix;
        }
    }
}
