package dev.darkroom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunPlatformTest {

    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
    }

    @Test
    void anArabicLocaleChangesNoFileName() {
        Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));

        assertThat(RunPlatform.logFile(Path.of("p"), 8180)).hasToString("p/target/local/functions-8180.log");
        assertThat(RunPlatform.description(Path.of("p"), 8180)).hasToString("p/target/local/platform-8180.json");
    }

    @Test
    void aPortThatIsInUseIsRefusedWithTheWayToAnotherOne() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            assertThatThrownBy(() -> RunPlatform.checkFree(port))
                    .hasMessageStartingWith("port %d cannot be opened: ".formatted(port))
                    .hasMessageEndingWith(" Another port is used with make run PORT=9000.");
        }
    }

    @Test
    void anErrorIsASentenceWithoutJavasNames() {
        var error = new CompletionException(new IllegalStateException("get-generation did not start"));

        assertThat(RunPlatform.reason(error)).isEqualTo("get-generation did not start");
        assertThat(RunPlatform.reason(new IllegalStateException("port 1 cannot be opened")))
                .isEqualTo("port 1 cannot be opened");
    }
}
