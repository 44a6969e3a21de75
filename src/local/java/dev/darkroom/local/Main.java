package dev.darkroom.local;

import dev.darkroom.domain.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** {@code make run}. */
public final class Main {

    private static final int DEFAULT_PORT = 8080;
    private static final Pattern BEFORE_A_NAME = Pattern.compile("\\s+(?=[^\\s=]+=)");

    /** Whose key the greeting shows. */
    private static final Owner LOCAL = new Owner("local");

    private Main() {}

    /** Reads {@code PORT}, {@code PARAMS} and {@code WAVESPEED_API_KEY} from the environment and runs until it is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        var environment = System.getenv();
        var project = Path.of("").toAbsolutePath();
        var key = Optional.ofNullable(environment.get("WAVESPEED_API_KEY")).filter(text -> !text.isBlank());
        var ending = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ending.set(true);
            Leftovers.remove();
        }));
        try {
            int port = port(environment);
            checkFree(port);
            var log = project.resolve("target/local/functions-%d.log".formatted(port));
            var platform = Platform.start(PlatformOptions.of(project)
                    .withPort(port)
                    .withProviderKey(key)
                    .withParameters(parameters(environment.getOrDefault("PARAMS", "")))
                    .withLog(new FunctionLog(log, System.out)));
            platform.warmUp();
            describe(platform, project);
            System.out.print(greeting(platform, key.isPresent(), project.relativize(log)));
        } catch (RuntimeException e) {
            if (!ending.get()) {
                System.err.println("darkroom: " + e.getMessage());
                System.exit(1);
            }
        }
        Thread.currentThread().join();
    }

    /** Before anything is started for nothing, and before the log of whoever has the port is overwritten. */
    private static void checkFree(int port) {
        Http.serve(port, _ -> {}).stop(0);
    }

    /** For make key and for those who run state machines. */
    private static void describe(Platform platform, Path project) {
        var file = project.resolve(
                "target/local/platform-%d.json".formatted(platform.address().getPort()));
        file.toFile().deleteOnExit();
        try {
            Files.writeString(file, platform.describe());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    /** {@code name=value …}, as {@code infra/deploy.mjs} reads them: a value may have spaces. */
    static Map<String, String> parameters(String text) {
        var parameters = new HashMap<String, String>();
        BEFORE_A_NAME
                .splitAsStream(text.strip())
                .filter(part -> !part.isEmpty())
                .forEach(parameter -> {
                    int equals = parameter.indexOf('=');
                    if (equals < 0) {
                        throw new IllegalArgumentException("PARAMS must be name=value …, not " + parameter);
                    }
                    parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
                });
        return parameters;
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

                  curl -s %1$s/api/v3/wavespeed-ai/imagen4 -H 'Authorization: Bearer %6$s' -H 'Content-Type: application/json' -d '{"prompt": "a lighthouse at dawn"}'

                and for its result with the address in data.urls.get, with the same key. Ctrl-C ends it.

                """.formatted(
                        platform.address(),
                        realProvider
                                ? "WaveSpeed (images cost money)"
                                : "simulated at " + platform.simulator().address(),
                        Platform.TABLE,
                        platform.tableAddress(),
                        log,
                        platform.createKey(LOCAL).value());
    }
}
