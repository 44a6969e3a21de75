package dev.darkroom.local.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DynamoDbLocalTest {

    @Test
    void theListenerGetsTheSignalThatEndedIt() throws Exception {
        try (var table = DynamoDbLocal.start(Path.of("").toAbsolutePath())) {
            var reason = new CompletableFuture<String>();
            table.onEnd(reason::complete);

            table.process().destroyForcibly();

            assertThat(reason.get(30, TimeUnit.SECONDS)).isEqualTo("signal: killed");
        }
    }
}
