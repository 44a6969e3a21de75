package dev.darkroom.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code make run}. */
public final class Main {

    private static final int DEFAULT_PORT = 8080;

    private Main() {}

    /** Reads {@code PORT} and {@code WAVESPEED_API_KEY} from the environment and runs until it is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        var environment = System.getenv();
        var project = Path.of("").toAbsolutePath();
        var key = Optional.ofNullable(environment.get("WAVESPEED_API_KEY")).filter(text -> !text.isBlank());
        var log = project.resolve("target/local/functions.log");
        Platform platform;
        try {
            platform = Platform.start(PlatformOptions.of(project)
                    .withPort(port(environment))
                    .withProviderKey(key)
                    .withLog(new FunctionLog(log, System.out)));
        } catch (RuntimeException e) {
            System.err.println("darkroom: " + e.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
        platform.warmUp();
        System.out.print(greeting(platform, key.isPresent(), project.relativize(log)));
        Thread.currentThread().join();
    }

    private static int port(Map<String, String> environment) {
        var text = environment.getOrDefault("PORT", "");
        try {
            int port = text.isBlank() ? DEFAULT_PORT : Integer.parseInt(text);
            if (port < 0 || port > 65535) {
                throw new NumberFormatException();
            }
            return port;
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("PORT must be a number from 0 to 65535");
        }
    }

    private static String greeting(Platform platform, boolean realProvider, Path log) {
        return """

                Darkroom is ready at %1$s

                  provider   %2$s
                  table      %3$s at %4$s
                  log        %5$s

                Ask for an image:

                  curl -s %1$s/api/v3/wavespeed-ai/imagen4 -H 'Authorization: Bearer local' -H 'Content-Type: application/json' -d '{"prompt": "a lighthouse at dawn"}'

                and for its result with the address in data.urls.get. Ctrl-C ends it.

                """.formatted(
                        platform.address(),
                        realProvider
                                ? "WaveSpeed (images cost money)"
                                : "simulated at " + platform.simulator().address(),
                        Platform.TABLE,
                        platform.tableAddress(),
                        log);
    }
}
