package dev.darkroom.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class HostLookupTest {

    private final HostLookup lookup = new HostLookup();

    /** Providers' answers and redirects name hosts, without a limit. */
    @Test
    void aHostIsForgottenOnceItsAddressIsKnown() throws UnknownHostException {
        var found = lookup.resolve("localhost");

        assertThat(found).isNotEmpty();
        assertThat(lookup.running()).isEmpty();
    }

    @Test
    void aHostWithoutAnAddressIsForgottenAsWell() {
        assertThatThrownBy(() -> lookup.resolve("no-such-host.invalid")).isInstanceOf(UnknownHostException.class);

        assertThat(lookup.running()).isEmpty();
    }
}
