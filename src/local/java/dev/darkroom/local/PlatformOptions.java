package dev.darkroom.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * How the platform is to run.
 *
 * @param project the project's folder
 * @param port of the HTTP front, 0 for any free one
 * @param providerKey the real provider's key; without one the simulator takes its place
 * @param imageTime how long the simulator draws
 * @param tick how often the schedule fires
 * @param processes how many processes a function may have at once, 1 or more
 * @param environment additional environment variables of all functions
 * @param systemProperties of all functions' processes
 * @param tableThrough leads the functions to the table through something else, such as a proxy that injects faults
 * @param providerThrough leads the functions to the simulator through something else
 * @param log receives every line that a function writes
 */
public record PlatformOptions(
        Path project,
        int port,
        Optional<String> providerKey,
        Duration imageTime,
        Duration tick,
        int processes,
        Map<String, String> environment,
        Map<String, String> systemProperties,
        UnaryOperator<URI> tableThrough,
        UnaryOperator<URI> providerThrough,
        Consumer<LogLine> log) {

    /** One line of a function's log. */
    public record LogLine(String function, String text) {}

    /** Any port, the simulator at 3 s per request, a tick a minute as on AWS, a process per core, and silence. */
    public static PlatformOptions of(Path project) {
        return new PlatformOptions(
                project,
                0,
                Optional.empty(),
                Duration.ofSeconds(3),
                Duration.ofMinutes(1),
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                Map.of(),
                Map.of(),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                _ -> {});
    }

    public PlatformOptions withPort(int other) {
        return new PlatformOptions(
                project,
                other,
                providerKey,
                imageTime,
                tick,
                processes,
                environment,
                systemProperties,
                tableThrough,
                providerThrough,
                log);
    }

    public PlatformOptions withProviderKey(Optional<String> other) {
        return new PlatformOptions(
                project,
                port,
                other,
                imageTime,
                tick,
                processes,
                environment,
                systemProperties,
                tableThrough,
                providerThrough,
                log);
    }

    public PlatformOptions withImageTime(Duration other) {
        return new PlatformOptions(
                project,
                port,
                providerKey,
                other,
                tick,
                processes,
                environment,
                systemProperties,
                tableThrough,
                providerThrough,
                log);
    }

    public PlatformOptions withTick(Duration other) {
        return new PlatformOptions(
                project,
                port,
                providerKey,
                imageTime,
                other,
                processes,
                environment,
                systemProperties,
                tableThrough,
                providerThrough,
                log);
    }

    public PlatformOptions withEnvironment(Map<String, String> other) {
        return new PlatformOptions(
                project,
                port,
                providerKey,
                imageTime,
                tick,
                processes,
                other,
                systemProperties,
                tableThrough,
                providerThrough,
                log);
    }

    public PlatformOptions withSystemProperties(Map<String, String> other) {
        return new PlatformOptions(
                project,
                port,
                providerKey,
                imageTime,
                tick,
                processes,
                environment,
                other,
                tableThrough,
                providerThrough,
                log);
    }

    public PlatformOptions withTableThrough(UnaryOperator<URI> other) {
        return new PlatformOptions(
                project,
                port,
                providerKey,
                imageTime,
                tick,
                processes,
                environment,
                systemProperties,
                other,
                providerThrough,
                log);
    }

    public PlatformOptions withProviderThrough(UnaryOperator<URI> other) {
        return new PlatformOptions(
                project,
                port,
                providerKey,
                imageTime,
                tick,
                processes,
                environment,
                systemProperties,
                tableThrough,
                other,
                log);
    }

    public PlatformOptions withLog(Consumer<LogLine> other) {
        return new PlatformOptions(
                project,
                port,
                providerKey,
                imageTime,
                tick,
                processes,
                environment,
                systemProperties,
                tableThrough,
                providerThrough,
                other);
    }
}
