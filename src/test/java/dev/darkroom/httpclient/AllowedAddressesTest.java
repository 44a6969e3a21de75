package dev.darkroom.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowedAddressesTest {

    @Test
    void theConnectionIsOpenedToTheAddressesThatWereChecked() throws UnknownHostException {
        var found = new InetAddress[] {address("192.0.2.1"), address("192.0.2.2")};
        var allowed = new AllowedAddresses(_ -> found, _ -> true);

        assertThat(allowed.resolve("a.example")).isSameAs(found);
    }

    @Test
    void oneAddressThatIsNotAllowedIsEnough() throws UnknownHostException {
        var found = new InetAddress[] {address("192.0.2.1"), address("127.0.0.1")};
        var allowed = new AllowedAddresses(_ -> found, address -> !address.isLoopbackAddress());

        assertThatThrownBy(() -> allowed.resolve("a.example")).isInstanceOf(AddressNotAllowedException.class);
    }

    /** A name server may answer the second question otherwise than the first. */
    @Test
    void eachConnectionIsCheckedByItsOwnLookUp() throws UnknownHostException {
        var answers = List.of(address("192.0.2.1"), address("127.0.0.1")).iterator();
        AddressLookup rebinding = _ -> new InetAddress[] {answers.next()};
        var allowed = new AllowedAddresses(rebinding, address -> !address.isLoopbackAddress());

        var first = allowed.resolve("a.example");

        assertThat(first).containsExactly(address("192.0.2.1"));
        assertThatThrownBy(() -> allowed.resolve("a.example")).isInstanceOf(AddressNotAllowedException.class);
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
