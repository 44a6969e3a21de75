package dev.darkroom.local;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.local.PlatformOptions.LogLine;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Consumer;

/** Keeps what the functions log in a file and tells a person, in a line each, what became of the generations. */
final class FunctionLog implements Consumer<LogLine> {

    private static final JsonMapper JSON = new JsonMapper();

    private final PrintWriter file;
    private final PrintStream screen;

    FunctionLog(Path path, PrintStream screen) {
        try {
            this.file = new PrintWriter(Files.newBufferedWriter(path, StandardCharsets.UTF_8), true);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be written", e);
        }
        this.screen = screen;
    }

    @Override
    public void accept(LogLine line) {
        file.println(line.function() + " " + line.text());
        try {
            var event = JSON.readTree(line.text());
            if (event.isObject()) {
                tell(line.function(), event);
            }
        } catch (JsonProcessingException _) {
            // Not every line is an event of ours; the file has them all.
        }
    }

    private void tell(String function, JsonNode event) {
        var keys = event.path("mdc");
        var id = keys.path("generationId").asText();
        double seconds = keys.path("elapsedMs").asDouble() / 1000;
        switch (event.path("message").asText()) {
            case "generation-completed" -> {
                int images = keys.path("images").asInt();
                print("completed  %s  %d %s  %.1f s".formatted(id, images, images == 1 ? "image" : "images", seconds));
            }
            case "generation-failed" ->
                print("failed     %s  %s  %.1f s"
                        .formatted(id, keys.path("errorCode").asText(), seconds));
            case String message -> {
                var level = event.path("level").asText();
                if (level.equals("WARN") || level.equals("ERROR")) {
                    print("%-10s %s  %s  %s".formatted(level.toLowerCase(Locale.ROOT), id, function, message));
                }
            }
        }
    }

    private void print(String line) {
        var time = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        screen.println(ISO_LOCAL_TIME.format(time) + "  " + line);
    }
}
