package dev.darkroom.local;

import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.Owner;
import dev.darkroom.local.console.Console;
import dev.darkroom.local.console.LogFile;
import dev.darkroom.local.console.Progress;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** {@code make run}: runs the local platform. */
public final class RunPlatform {

    private static final int DEFAULT_PORT = 8080;

    /** For a machine that is slow and busy. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    /** The owner of the key that the greeting shows. */
    private static final Owner LOCAL = new Owner("local");

    private RunPlatform() {}

    /**
     * Reads {@code PORT}, {@code PARAMS} and {@code DARKROOM_WAVESPEED_API_KEY} from the environment; runs until it is
     * stopped.
     */
    public static void main(String[] arguments) throws InterruptedException {
        // Numbers are parts of addresses, file names and log lines, which other programs read.
        Locale.setDefault(Locale.ROOT);
        var ending = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ending.set(true);
            ShutdownCleanup.remove();
        }));
        try {
            run(System.getenv(), Path.of("").toAbsolutePath());
        } catch (RuntimeException e) {
            if (!ending.get()) {
                System.err.println("darkroom: " + reason(e));
                System.exit(1);
            }
        }
        Thread.currentThread().join();
    }

    private static void run(Map<String, String> environment, Path project) throws InterruptedException {
        int port = port(environment);
        checkFree(port);
        var file = logFile(project, port);
        var log = new LogFile(file);
        log.receiveLibraryLogs();
        System.out.printf("Starting Darkroom; the log is %s.%n", project.relativize(file));
        var console = new Console(log, System.out, Clock.system(ZoneId.systemDefault()));
        var options = LocalParameters.parse(environment.getOrDefault("PARAMS", ""))
                .applyTo(PlatformOptions.of(project))
                .withPort(port)
                .withProviderKey(providerKey(environment))
                .withThrottling()
                .withListener(console);
        Consumer<String> screen = System.out::println;
        Platform platform;
        ApiKey key;
        try (var progress = Progress.start(screen)) {
            progress.step("starting the table");
            platform = Platform.start(options);
            progress.step("starting a process of each function");
            platform.warmUp();
            key = platform.createKey(LOCAL);
            new Readiness(platform.address(), key, TIMEOUT).await(progress::step);
        }
        describe(platform, project);
        console.ready(platform::images);
        System.out.print(greeting(platform, options.providerKey().isPresent(), key));
    }

    /** The sentence about an error, without Java's names. */
    static String reason(RuntimeException error) {
        var cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return Optional.ofNullable(cause.getMessage()).orElseGet(cause::toString);
    }

    static Path logFile(Path project, int port) {
        return project.resolve("target/local/functions-" + port + ".log");
    }

    /** The file with the addresses of the platform at a port. */
    static Path description(Path project, int port) {
        return project.resolve("target/local/platform-" + port + ".json");
    }

    /** Checks first, so that no process is started in vain and the log of another platform at the port is kept. */
    static void checkFree(int port) {
        try {
            Http.serve(port, _ -> {}).stop(0);
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(
                    "%s. Another port is used with make run PORT=9000.".formatted(e.getMessage()), e);
        }
    }

    /** Writes the addresses to a file that {@code make key} and {@code infra/execute.mjs} read. */
    private static void describe(Platform platform, Path project) {
        var file = description(project, platform.address().getPort());
        file.toFile().deleteOnExit();
        try {
            Files.writeString(file, platform.describe());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    private static Optional<String> providerKey(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("DARKROOM_WAVESPEED_API_KEY"))
                .filter(text -> !text.isBlank());
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
            throw new IllegalArgumentException("PORT must be a number from 0 to 65535, not %s.".formatted(text));
        }
    }

    private static String greeting(Platform platform, boolean realProvider, ApiKey key) {
        return """

                Darkroom is ready at %1$s

                  provider   %2$s
                  table      %3$s at %4$s%6$s

                Request an image:

                  curl -s %1$s/api/v3/wavespeed-ai/imagen4 -H 'Authorization: Bearer %5$s' -H 'Content-Type: application/json' -d '{"prompt": "a lighthouse at dawn"}'

                Then read its result at the address in data.urls.get, with the same key. Ctrl-C stops Darkroom.

                """.formatted(
                        platform.address(),
                        realProvider
                                ? "WaveSpeed (images cost money)"
                                : "simulated at " + platform.simulator().address(),
                        Platform.TABLE,
                        platform.tableAddress(),
                        key.value(),
                        platform.functionUrl()
                                .map("%n  waits      for almost five minutes at %s"::formatted)
                                .orElse(""));
    }
}
