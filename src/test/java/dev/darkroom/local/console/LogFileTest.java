package dev.darkroom.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    private final Logger root = Logger.getLogger("");
    private final List<Handler> before = List.of(root.getHandlers());
    private final @Nullable Level level = root.getLevel();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void restore() {
        List.of(root.getHandlers()).forEach(root::removeHandler);
        before.forEach(root::addHandler);
        root.setLevel(level);
    }

    @Test
    void whatLibrariesOfThePlatformLogIsInTheFile() throws IOException {
        var path = folder.resolve("made/functions.log");
        try (var log = new LogFile(path)) {
            log.receiveLibraryLogs();

            var library = Logger.getLogger("software.amazon.awssdk");
            library.log(Level.WARNING, "100 % slow", new IllegalStateException("why"));
            library.log(Level.FINE, "a detail");
        }

        assertThat(Files.readString(path))
                .contains("platform ", "100 % slow", "IllegalStateException: why")
                .doesNotContain("a detail");
    }

    @Test
    void aNewRunReplacesTheFile() throws IOException {
        var path = folder.resolve("functions.log");
        try (var first = new LogFile(path)) {
            first.write("get-generation", "old");
        }

        try (var second = new LogFile(path)) {
            second.write("get-generation", "new");
        }

        assertThat(Files.readString(path)).isEqualTo("get-generation new\n");
    }
}
