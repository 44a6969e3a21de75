package dev.darkroom.local;

import dev.darkroom.local.provider.WebhookSender;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How the platform runs; each {@code with…} method returns a changed copy. */
public final class PlatformOptions {

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
    private List<Path> classPath = List.of();
    private UnaryOperator<URI> tableThrough = UnaryOperator.identity();
    private UnaryOperator<URI> providerThrough = UnaryOperator.identity();
    private PlatformListener listener = PlatformListener.NONE;
    private boolean throttled = false;

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
        this.classPath = other.classPath;
        this.tableThrough = other.tableThrough;
        this.providerThrough = other.providerThrough;
        this.listener = other.listener;
        this.throttled = other.throttled;
    }

    /**
     * The defaults: any free port, images after 3 s by the simulator, a schedule that fires once a minute as on AWS, a
     * process per core but at least two, and no limit of requests a second.
     */
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

    /** The port of the gateway, 0 for any free one. */
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

    /** How long the simulator takes for an image. */
    public Duration imageTime() {
        return imageTime;
    }

    public PlatformOptions withImageTime(Duration other) {
        var copy = new PlatformOptions(this);
        copy.imageTime = other;
        return copy;
    }

    /** The seed of the random numbers that decide the simulator's faults. */
    public long seed() {
        return seed;
    }

    public PlatformOptions withSeed(long other) {
        var copy = new PlatformOptions(this);
        copy.seed = other;
        return copy;
    }

    /** Whether the provider sends webhooks when its predictions end. */
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

    /** The secret with which the simulator signs its webhooks: the first, when there are two. */
    String webhookSecret() {
        return parameter("webhookSecret")
                .map(secrets -> secrets.split("[\\s,]+", 2)[0])
                .orElse(WebhookSender.SECRET);
    }

    /** The address under which clients reach the gateway, if it is not the gateway's own address. */
    Optional<String> publicUrl() {
        return parameter("publicUrl").map(url -> url.replaceFirst("/+$", ""));
    }

    private Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
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

    /** How many processes a function may have at once, 1 or more, without those that let a caller wait. */
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

    /** System properties of all functions' processes. */
    public Map<String, String> systemProperties() {
        return systemProperties;
    }

    public PlatformOptions withSystemProperties(Map<String, String> other) {
        var copy = new PlatformOptions(this);
        copy.systemProperties = other;
        return copy;
    }

    /** Jars that are added to the class path of all functions' processes, which then must run on the JVM. */
    public List<Path> classPath() {
        return classPath;
    }

    public PlatformOptions withClassPath(Path... jars) {
        var copy = new PlatformOptions(this);
        copy.classPath = List.of(jars);
        return copy;
    }

    /** Maps the table's address to the one that the functions call, such as that of a proxy that injects faults. */
    public UnaryOperator<URI> tableThrough() {
        return tableThrough;
    }

    public PlatformOptions withTableThrough(UnaryOperator<URI> other) {
        var copy = new PlatformOptions(this);
        copy.tableThrough = other;
        return copy;
    }

    /** Maps the simulator's address to the one that the functions call. */
    public UnaryOperator<URI> providerThrough() {
        return providerThrough;
    }

    public PlatformOptions withProviderThrough(UnaryOperator<URI> other) {
        var copy = new PlatformOptions(this);
        copy.providerThrough = other;
        return copy;
    }

    /**
     * Whether the gateway has the limits {@code throttleRate}, {@code throttleBurst} and {@code maxSpendPerDay}, which
     * loads would exceed.
     */
    public boolean throttled() {
        return throttled;
    }

    public PlatformOptions withThrottling() {
        var copy = new PlatformOptions(this);
        copy.throttled = true;
        return copy;
    }

    /** Follows what happens on the platform. */
    public PlatformListener listener() {
        return listener;
    }

    public PlatformOptions withListener(PlatformListener other) {
        var copy = new PlatformOptions(this);
        copy.listener = other;
        return copy;
    }
}
