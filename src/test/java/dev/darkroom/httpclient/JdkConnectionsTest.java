package dev.darkroom.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.httpclient.RawServer.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JdkConnectionsTest {

    /** The rest would take half an hour. */
    private static final Answer DRIP = Answer.andThenADrip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{", ' ');

    @Test
    void anAnswerThatIsGivenUpIsNotReadToItsEnd() throws IOException {
        JdkConnections.configure();
        try (var server = RawServer.answering(DRIP)) {
            var body = server.address().toURL().openConnection().getInputStream();
            assertThat(body.read()).isEqualTo('{');

            body.close();

            await().untilAsserted(() -> assertThat(server.open()).isZero());
        }
    }
}
