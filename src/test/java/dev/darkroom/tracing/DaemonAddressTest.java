package dev.darkroom.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonAddressTest {

    @ParameterizedTest
    @CsvSource({
        "169.254.79.129:2000, 169.254.79.129, 2000",
        "udp:127.0.0.1:2001, 127.0.0.1, 2001",
        "tcp:127.0.0.1:2000 udp:127.0.0.2:2001, 127.0.0.2, 2001"
    })
    void bothFormsAreRead(String text, String host, int port) {
        assertThat(DaemonAddress.parse(text)).hasValueSatisfying(address -> {
            assertThat(address.getAddress().getHostAddress()).isEqualTo(host);
            assertThat(address.getPort()).isEqualTo(port);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "2000",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:0",
                "127.0.0.1:99999",
                "a host:1",
                "tcp:127.0.0.1:2000"
            })
    void anythingElseIsNoAddress(String text) {
        assertThat(DaemonAddress.parse(text)).isEmpty();
    }

    @Test
    void withoutTheVariableThereIsNone() {
        assertThat(DaemonAddress.parse(null)).isEmpty();
    }
}
