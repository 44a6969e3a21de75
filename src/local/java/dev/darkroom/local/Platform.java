package dev.darkroom.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.KeyAccess;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.local.bucket.S3IamProxy;
import dev.darkroom.local.bucket.S3Proxy;
import dev.darkroom.local.declared.Arns;
import dev.darkroom.local.declared.ServerlessFile;
import dev.darkroom.local.declared.StateMachineSpec;
import dev.darkroom.local.events.EventsApi;
import dev.darkroom.local.functions.Artifact;
import dev.darkroom.local.functions.AwsEndpoints;
import dev.darkroom.local.functions.FunctionEnvironment;
import dev.darkroom.local.functions.FunctionPool;
import dev.darkroom.local.functions.FunctionProcess;
import dev.darkroom.local.functions.InvokeApi;
import dev.darkroom.local.functions.Schedule;
import dev.darkroom.local.gateway.ApiGateway;
import dev.darkroom.local.gateway.FunctionUrl;
import dev.darkroom.local.gateway.Throttle;
import dev.darkroom.local.iam.Iam;
import dev.darkroom.local.net.Http;
import dev.darkroom.local.net.HttpProxy;
import dev.darkroom.local.provider.ProviderSimulator;
import dev.darkroom.local.secrets.SecretsApi;
import dev.darkroom.local.table.DynamoDbIamProxy;
import dev.darkroom.local.table.DynamoDbLocal;
import dev.darkroom.local.table.StoredImages;
import dev.darkroom.local.workflow.StepFunctionsApi;
import dev.darkroom.operator.KeyTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The whole gateway, running. */
public final class Platform implements AutoCloseable {

    /** The table's name on this machine. */
    public static final String TABLE = "darkroom-local";

    /** The bucket's name on this machine. */
    public static final String BUCKET = "darkroom-local-%s-%s".formatted(Arns.ACCOUNT, Arns.REGION);

    private static final JsonMapper JSON = new JsonMapper();

    private static final Set<Platform> RUNNING = ConcurrentHashMap.newKeySet();

    private final PlatformOptions options;
    private final Deque<Runnable> shutdown = new ConcurrentLinkedDeque<>();
    private final Map<String, FunctionPool> functions = new LinkedHashMap<>();
    private final DynamoDbLocal table;
    private final @Nullable ProviderSimulator simulator;
    private final ServerlessFile declared;
    private final Iam iam;
    private final HttpProxy iamProxy;
    private final @Nullable S3Proxy bucket;
    private final @Nullable S3IamProxy bucketProxy;
    private final HttpProxy webhooks;
    private final InvokeApi invokeApi;
    private final StepFunctionsApi stepFunctions;
    private final SecretsApi secrets;
    private final EventsApi events;
    private final FunctionEnvironment environment;
    private final List<Schedule> schedules = new ArrayList<>();
    private final HttpServer gatewayServer;
    private final @Nullable HttpServer functionUrlServer;
    private final StoredImages images;

    private Platform(PlatformOptions options) {
        this.options = options;
        try {
            declared = new ServerlessFile(options.project(), options.parameters());
            // Starts while DynamoDB Local does.
            bucket = declared.keepsImages() ? closing(S3Proxy.launch(options.project(), BUCKET), S3Proxy::close) : null;
            table = closing(DynamoDbLocal.start(options.project()), DynamoDbLocal::close);
            table.createTable(options.project(), TABLE);
            images = closing(new StoredImages(table.address(), TABLE), StoredImages::close);
            simulator =
                    options.providerKey().isPresent() ? null : closing(simulator(options), ProviderSimulator::close);
            iam = declared.iam();
            iamProxy = closing(new HttpProxy(new DynamoDbIamProxy(iam)), HttpProxy::close);
            bucketProxy = bucket == null ? null : closing(new S3IamProxy(iam, bucket.address()), S3IamProxy::close);
            webhooks = closing(new HttpProxy(Platform::forward), HttpProxy::close);
            invokeApi = closing(new InvokeApi(iam, functions), InvokeApi::close);
            stepFunctions = closing(new StepFunctionsApi(iam, fullNames()), StepFunctionsApi::close);
            secrets = closing(new SecretsApi(iam, options.providerKey().orElse("simulated")), SecretsApi::close);
            events = closing(new EventsApi(iam, options.listener()::eventReceived), EventsApi::close);
            environment = new FunctionEnvironment(
                    new AwsEndpoints(
                            options.tableThrough().apply(iamProxy.before(table.address())),
                            invokeApi.address(),
                            stepFunctions.address(),
                            secrets.address(),
                            events.address(),
                            Optional.ofNullable(bucketProxy).map(S3IamProxy::address)),
                    Optional.ofNullable(simulator)
                            .map(ProviderSimulator::address)
                            .map(options.providerThrough()),
                    webhooks.address());
            startFunctions();
            if (bucket != null) {
                bucket.awaitListening();
            }
            gatewayServer = closing(Http.serve(options.port(), handler()), server -> server.stop(0));
            functionUrlServer = declared.functionOfUrl()
                    .map(name -> closing(functionUrl(pool(name)), server -> server.stop(0)))
                    .orElse(null);
            publish(Http.address(gatewayServer));
            for (var schedule : declared.schedules()) {
                schedules.add(closing(
                        new Schedule(options.tick(), pool(schedule.function()), schedule.input()), Schedule::close));
            }
            RUNNING.add(this);
            table.onEnd(reason -> ended("DynamoDB Local", reason));
            if (bucket != null) {
                bucket.onEnd(reason -> ended("S3Proxy", reason));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void ended(String server, String reason) {
        if (RUNNING.contains(this)) {
            options.listener().serverEnded(server, reason);
        }
    }

    /** Closes all running platforms, also when the JVM is stopped in the middle of something. */
    static void closeAll() {
        List.copyOf(RUNNING).forEach(Platform::close);
    }

    private static ProviderSimulator simulator(PlatformOptions options) {
        return new ProviderSimulator(options.imageTime(), options.seed(), options.webhookSecret());
    }

    private HttpHandler handler() {
        var endpoint = declared.endpoint();
        var throttle = options.throttled()
                ? new Throttle(endpoint.throttleRate(), endpoint.throttleBurst(), System::nanoTime)
                : Throttle.unlimited();
        var gateway = new ApiGateway(functions, endpoint, throttle, options.listener());
        return simulator == null ? gateway : simulator.imagesBefore(gateway);
    }

    /** On the next port, because programs have to know its address. */
    private HttpServer functionUrl(FunctionPool function) {
        int port = options.port() == 0 ? 0 : options.port() + 1;
        return Http.serve(port, new FunctionUrl(function, options.listener()));
    }

    /** Images are under the address under which clients read results. */
    private void publish(URI address) {
        webhooks.before(address);
        if (simulator != null) {
            simulator.publishImagesAt(options.publicUrl().orElse(address.toString()));
        }
    }

    private static void forward(HttpExchange exchange, String body, HttpProxy proxy)
            throws IOException, InterruptedException {
        HttpProxy.answer(exchange, proxy.send(exchange, body));
    }

    /** Starts everything but the function processes, each of which starts when an event needs it. */
    public static Platform start(PlatformOptions options) {
        return new Platform(options);
    }

    private void startFunctions() {
        var folder = closing(TemporaryFolder.create(), TemporaryFolder::close);
        var artifact = Artifact.unpack(
                options.project(), options.artifact(), folder.path(), options.systemProperties(), options.classPath());
        for (var spec : declared.functions()) {
            int processes =
                    Math.min(options.processes(), spec.reservedConcurrency().orElse(options.processes()));
            var pool = new FunctionPool(spec, artifact, environment.of(spec, options), processes, options.listener());
            functions.put(spec.name(), closing(pool, FunctionPool::close));
        }
    }

    private Map<String, String> fullNames() {
        return declared.stateMachines().stream()
                .collect(Collectors.toMap(StateMachineSpec::name, StateMachineSpec::fullName));
    }

    /** Where clients reach the gateway. */
    public URI address() {
        return Http.address(gatewayServer);
    }

    /** The URL of the function that submits; empty without the parameter {@code functionUrl}. */
    public Optional<URI> functionUrl() {
        return Optional.ofNullable(functionUrlServer).map(Http::address);
    }

    /** The address of DynamoDB Local itself, which checks no permissions. */
    public URI tableAddress() {
        return table.address();
    }

    /** The folder of the bucket, in which each image is a file {@code images/<row>/<number>}. */
    public Path bucketFolder() {
        return kept(bucket).folder();
    }

    /** The address of the bucket's storage for the functions and for links: it checks permissions and signatures. */
    public URI bucketAddress() {
        return kept(bucketProxy).address();
    }

    /** Lets {@code disturbance} decide about further requests to the bucket. */
    public void disturbBucket(S3IamProxy.Disturbance disturbance) {
        kept(bucketProxy).disturb(disturbance);
    }

    private static <T> T kept(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("no images are kept");
        }
        return part;
    }

    /** The address of Lambda's Invoke API. */
    public URI lambdaAddress() {
        return invokeApi.address();
    }

    /** The part of Step Functions that receives the answers and heartbeats of tasks. */
    public StepFunctionsApi stepFunctions() {
        return stepFunctions;
    }

    /** The store of the provider's key. */
    public SecretsApi secrets() {
        return secrets;
    }

    /** The event bus. */
    public EventsApi events() {
        return events;
    }

    /** The declared permissions, and which of them were used. */
    public Iam iam() {
        return iam;
    }

    /** The addresses of a generation's images; none while it is not completed. */
    public List<String> images(GenerationId id) {
        return images.of(id, address());
    }

    /** Makes an API key. */
    public ApiKey createKey(Owner owner) {
        return createKey(owner, KeyBudget.NONE);
    }

    /** Makes an API key with a budget. */
    public ApiKey createKey(Owner owner, KeyBudget budget) {
        return inKeyTable(keys -> keys.create(owner, budget, KeyAccess.USUAL));
    }

    /** Disables an API key; false when there is none. */
    public boolean disableKey(ApiKeyId id) {
        return inKeyTable(keys -> keys.disable(id));
    }

    private <T> T inKeyTable(Function<KeyTable, T> action) {
        try (var client = DynamoDbLocal.client(table.address())) {
            return action.apply(new KeyTable(client, TABLE, InstantSource.system()));
        }
    }

    /** The addresses of all parts in JSON, for programs that call them. */
    public String describe() {
        var description = JSON.createObjectNode()
                .put("gateway", address().toString())
                .put("table", tableAddress().toString())
                .put("tableName", TABLE)
                .put("lambda", lambdaAddress().toString())
                .put("stepFunctions", stepFunctions.address().toString());
        functionUrl().ifPresent(url -> description.put("functionUrl", url.toString()));
        if (bucket != null) {
            description
                    .put("bucket", bucketAddress().toString())
                    .put("bucketName", BUCKET)
                    .put("bucketFolder", bucketFolder().toString());
        }
        if (simulator != null) {
            description.put("provider", simulator.address().toString());
        }
        var machines = description.putObject("stateMachines");
        for (var machine : declared.stateMachines()) {
            machines.putObject(machine.name())
                    .put(
                            "definition",
                            options.project().resolve(machine.definition()).toString())
                    .set("substitutions", JSON.valueToTree(machine.substitutions()));
        }
        return description.toPrettyString();
    }

    /**
     * Gives the functions other parameters, webhooks or environment variables, as a deployment does. A process whose
     * settings change finishes its event; within a second, all further events go to new processes. All other options
     * stay as they were. Completes when no process has the old settings.
     */
    public CompletableFuture<Void> reconfigure(PlatformOptions other) {
        return CompletableFuture.allOf(new ServerlessFile(other.project(), other.parameters())
                .functions().stream()
                        .map(spec -> pool(spec.name()).reconfigure(environment.of(spec, other)))
                        .toArray(CompletableFuture[]::new));
    }

    /** Lets all schedules fire now. */
    public void tick() {
        schedules.forEach(Schedule::fire);
    }

    /** The simulator; there is none when the real provider is used. */
    public ProviderSimulator simulator() {
        if (simulator == null) {
            throw new IllegalStateException("the real provider is used");
        }
        return simulator;
    }

    /** Starts one process of each function and waits until all ask for events. */
    public void warmUp() {
        warmUp(functions.keySet());
    }

    /** Starts one process of each of these functions and waits until all ask for events. */
    public void warmUp(Collection<String> names) {
        CompletableFuture.allOf(names.stream().map(name -> pool(name).warmUp(1)).toArray(CompletableFuture[]::new))
                .join();
    }

    /** Starts {@code processes} processes of a function and waits until all ask for events. */
    public void warmUp(String function, int processes) {
        pool(function).warmUp(processes).join();
    }

    /** The process ids of a function. */
    public List<Long> processes(String function) {
        return pool(function).processes().stream().map(FunctionProcess::pid).toList();
    }

    /** Kills all processes of a function, as SIGKILL does. */
    public void kill(String function) {
        pool(function).processes().forEach(FunctionProcess::kill);
    }

    /** What a process was doing when it was killed. */
    public enum Killed {
        AT_WORK,
        IDLE,
        /** There was no process to kill. */
        NONE
    }

    /** Kills one of a function's living processes, chosen by {@code random}, as SIGKILL does. */
    public Killed killOne(String function, Random random) {
        var living = pool(function).processes().stream()
                .filter(FunctionProcess::isAlive)
                .toList();
        if (living.isEmpty()) {
            return Killed.NONE;
        }
        var process = living.get(random.nextInt(living.size()));
        var killed = process.isBusy() ? Killed.AT_WORK : Killed.IDLE;
        process.kill();
        return killed;
    }

    /** Kills one of a function's processes that have an event, as SIGKILL does; false when there is none. */
    public boolean killOneAtWork(String function, Random random) {
        var busy = pool(function).processes().stream()
                .filter(process -> process.isAlive() && process.isBusy())
                .toList();
        if (busy.isEmpty()) {
            return false;
        }
        busy.get(random.nextInt(busy.size())).kill();
        return true;
    }

    /** Whether any function has an event that it has not answered. */
    public boolean isBusy() {
        return functions.values().stream().anyMatch(FunctionPool::isBusy);
    }

    private FunctionPool pool(String function) {
        var pool = functions.get(function);
        if (pool == null) {
            throw new IllegalArgumentException("no function " + function);
        }
        return pool;
    }

    /** Closes every part, even when closing another part fails. */
    @Override
    public void close() {
        RUNNING.remove(this);
        RuntimeException first = null;
        for (var part = shutdown.poll(); part != null; part = shutdown.poll()) {
            try {
                part.run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private <T> T closing(T part, Consumer<T> close) {
        shutdown.push(() -> close.accept(part));
        return part;
    }
}
