package dev.darkroom.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.httpclient.RawServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JdkConnectionsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The rest would take half an hour. */
    private static final Answer DRIP = Answer.andThenADrip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{", ' ');

    /** In a process of its own, because the JDK reads the settings once. */
    @Test
    void anAnswerThatIsGivenUpIsNotReadToItsEnd() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (var server = RawServer.answering(DRIP)) {
            var process = new ProcessBuilder(
                            java,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Caller.class.getName(),
                            server.address().toString())
                    .inheritIO()
                    .start();
            try {
                await().atMost(TIMEOUT).until(() -> server.connections() == 1 && server.open() == 0);

                assertThat(process.isAlive()).isTrue();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** Gives up an answer after its first byte, and lives on. */
    static final class Caller {

        private Caller() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            JdkConnections.configure();
            try (var body = URI.create(arguments[0]).toURL().openConnection().getInputStream()) {
                assertThat(body.read()).isEqualTo('{');
            }
            Thread.sleep(TIMEOUT.multipliedBy(2));
        }
    }
}
