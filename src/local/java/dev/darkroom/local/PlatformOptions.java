package dev.darkroom.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** How the platform is to run; every {@code with…} gives a changed copy. */
public final class PlatformOptions {

    /** One line of a function's log. */
    public record LogLine(String function, String text) {}

    private final Path project;
    private Path artifact;
    private int port = 0;
    private Optional<String> providerKey = Optional.empty();
    private Duration imageTime = Duration.ofSeconds(3);
    private long seed = 0;
    private boolean webhooks = false;
    private Duration tick = Duration.ofMinutes(1);
    private int processes = Math.max(2, Runtime.getRuntime().availableProcessors());
    private Map<String, String> parameters = Map.of();
    private Map<String, String> environment = Map.of();
    private Map<String, String> systemProperties = Map.of();
    private UnaryOperator<URI> tableThrough = UnaryOperator.identity();
    private UnaryOperator<URI> providerThrough = UnaryOperator.identity();
    private InstantSource clock = InstantSource.system();
    private Consumer<LogLine> log = _ -> {};

    private PlatformOptions(Path project) {
        this.project = project;
        this.artifact = project.resolve("target/function.zip");
    }

    private PlatformOptions(PlatformOptions other) {
        this.project = other.project;
        this.artifact = other.artifact;
        this.port = other.port;
        this.providerKey = other.providerKey;
        this.imageTime = other.imageTime;
        this.seed = other.seed;
        this.webhooks = other.webhooks;
        this.tick = other.tick;
        this.processes = other.processes;
        this.parameters = other.parameters;
        this.environment = other.environment;
        this.systemProperties = other.systemProperties;
        this.tableThrough = other.tableThrough;
        this.providerThrough = other.providerThrough;
        this.clock = other.clock;
        this.log = other.log;
    }

    /** Any port, the simulator at 3 s per request, a tick a minute as on AWS, a process per core, and silence. */
    public static PlatformOptions of(Path project) {
        return new PlatformOptions(project);
    }

    /** The project's folder. */
    public Path project() {
        return project;
    }

    /** The zip that the functions run from. */
    public Path artifact() {
        return artifact;
    }

    public PlatformOptions withArtifact(Path other) {
        var copy = new PlatformOptions(this);
        copy.artifact = other;
        return copy;
    }

    /** Of the HTTP front, 0 for any free one. */
    public int port() {
        return port;
    }

    public PlatformOptions withPort(int other) {
        var copy = new PlatformOptions(this);
        copy.port = other;
        return copy;
    }

    /** The real provider's key; without one the simulator takes its place. */
    public Optional<String> providerKey() {
        return providerKey;
    }

    public PlatformOptions withProviderKey(Optional<String> other) {
        var copy = new PlatformOptions(this);
        copy.providerKey = other;
        return copy;
    }

    /** How long the simulator draws. */
    public Duration imageTime() {
        return imageTime;
    }

    public PlatformOptions withImageTime(Duration other) {
        var copy = new PlatformOptions(this);
        copy.imageTime = other;
        return copy;
    }

    /** Of the chance with which the simulator misbehaves. */
    public long seed() {
        return seed;
    }

    public PlatformOptions withSeed(long other) {
        var copy = new PlatformOptions(this);
        copy.seed = other;
        return copy;
    }

    /** Whether the provider tells of the end of its predictions, instead of being asked. */
    public boolean webhooks() {
        return webhooks;
    }

    public PlatformOptions withWebhooks() {
        return withWebhooks(true);
    }

    public PlatformOptions withWebhooks(boolean other) {
        var copy = new PlatformOptions(this);
        copy.webhooks = other;
        return copy;
    }

    /** Values of {@code infra/parameters.yml} other than the defaults. */
    public Map<String, String> parameters() {
        return parameters;
    }

    public PlatformOptions withParameters(Map<String, String> others) {
        var copy = new PlatformOptions(this);
        copy.parameters = Map.copyOf(others);
        return copy;
    }

    /** How often the schedule fires. */
    public Duration tick() {
        return tick;
    }

    public PlatformOptions withTick(Duration other) {
        var copy = new PlatformOptions(this);
        copy.tick = other;
        return copy;
    }

    /** How many processes a function may have at once, 1 or more. */
    public int processes() {
        return processes;
    }

    public PlatformOptions withProcesses(int other) {
        var copy = new PlatformOptions(this);
        copy.processes = other;
        return copy;
    }

    /** Additional environment variables of all functions. */
    public Map<String, String> environment() {
        return environment;
    }

    public PlatformOptions withEnvironment(Map<String, String> other) {
        var copy = new PlatformOptions(this);
        copy.environment = other;
        return copy;
    }

    /** Of all functions' processes. */
    public Map<String, String> systemProperties() {
        return systemProperties;
    }

    public PlatformOptions withSystemProperties(Map<String, String> other) {
        var copy = new PlatformOptions(this);
        copy.systemProperties = other;
        return copy;
    }

    /** Leads the functions to the table through something else, such as a proxy that injects faults. */
    public UnaryOperator<URI> tableThrough() {
        return tableThrough;
    }

    public PlatformOptions withTableThrough(UnaryOperator<URI> other) {
        var copy = new PlatformOptions(this);
        copy.tableThrough = other;
        return copy;
    }

    /** Leads the functions to the simulator through something else. */
    public UnaryOperator<URI> providerThrough() {
        return providerThrough;
    }

    public PlatformOptions withProviderThrough(UnaryOperator<URI> other) {
        var copy = new PlatformOptions(this);
        copy.providerThrough = other;
        return copy;
    }

    /** Tells for how long the authorizer's decisions are remembered; the functions have their own time. */
    public InstantSource clock() {
        return clock;
    }

    public PlatformOptions withClock(InstantSource other) {
        var copy = new PlatformOptions(this);
        copy.clock = other;
        return copy;
    }

    /** Receives every line that a function writes. */
    public Consumer<LogLine> log() {
        return log;
    }

    public PlatformOptions withLog(Consumer<LogLine> other) {
        var copy = new PlatformOptions(this);
        copy.log = other;
        return copy;
    }
}
