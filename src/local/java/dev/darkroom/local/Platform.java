package dev.darkroom.local;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The whole gateway, running. */
public final class Platform implements AutoCloseable {

    /** The table's name on this machine. */
    public static final String TABLE = "darkroom-local";

    private final PlatformOptions options;
    private final Deque<Runnable> shutdown = new ArrayDeque<>();
    private final Map<String, FunctionPool> functions = new LinkedHashMap<>();
    private final DynamoDbLocal table;
    private final @Nullable ProviderSimulator simulator;
    private final InvokeApi invokeApi;
    private final HttpFront front;

    private Platform(PlatformOptions options) {
        this.options = options;
        try {
            table = closing(DynamoDbLocal.start(options.project()), DynamoDbLocal::close);
            table.createTable(options.project(), TABLE);
            simulator = options.providerKey().isPresent()
                    ? null
                    : closing(new ProviderSimulator(options.imageTime(), options.seed()), ProviderSimulator::close);
            invokeApi = closing(new InvokeApi(functions), InvokeApi::close);
            startFunctions();
            front = closing(new HttpFront(options.port(), functions), HttpFront::close);
            for (var function : functions.values()) {
                for (var event : function.spec().schedules()) {
                    closing(new Schedule(options.tick(), function, event), Schedule::close);
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts everything but the function processes, which start when they are needed. */
    public static Platform start(PlatformOptions options) {
        return new Platform(options);
    }

    private void startFunctions() {
        var folder = closing(TemporaryFolder.create(), TemporaryFolder::close);
        var artifact =
                Artifact.unpack(options.project(), options.artifact(), folder.path(), options.systemProperties());
        for (var spec : new ServerlessFile(options.project()).functions()) {
            var pool = new FunctionPool(spec, artifact, environment(spec), options.processes(), options.log());
            functions.put(spec.name(), closing(pool, FunctionPool::close));
        }
    }

    /** What CloudFormation would resolve in the declared variables, and what Lambda would add to them. */
    private Map<String, String> environment(FunctionSpec spec) {
        var resolved = Map.of(
                "DARKROOM_TABLE",
                TABLE,
                "DARKROOM_SWEEP_FUNCTION",
                "poll-generations",
                "WAVESPEED_API_KEY",
                options.providerKey().orElse("simulated"));
        var environment = new HashMap<String, String>();
        spec.environment().forEach((name, value) -> environment.put(name, resolved.getOrDefault(name, value)));
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put(
                "AWS_ENDPOINT_URL_DYNAMODB",
                options.tableThrough().apply(table.address()).toString());
        environment.put("AWS_ENDPOINT_URL_LAMBDA", invokeApi.address().toString());
        if (simulator != null) {
            environment.put(
                    "WAVESPEED_BASE_URL",
                    options.providerThrough().apply(simulator.address()).toString());
        }
        environment.putAll(options.environment());
        return environment;
    }

    /** Where clients reach the gateway. */
    public URI address() {
        return front.address();
    }

    /** Where DynamoDB Local listens. */
    public URI tableAddress() {
        return table.address();
    }

    /** Where Lambda's Invoke API is answered. */
    public URI lambdaAddress() {
        return invokeApi.address();
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
        CompletableFuture.allOf(
                        functions.values().stream().map(FunctionPool::warmUp).toArray(CompletableFuture[]::new))
                .join();
    }

    /** The process ids of a function. */
    public List<Long> processes(String function) {
        return pool(function).processes().stream().map(FunctionProcess::pid).toList();
    }

    /** Kills all processes of a function, as SIGKILL does. */
    public void kill(String function) {
        pool(function).processes().forEach(FunctionProcess::kill);
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

    /** Ends every part, also when ending another one fails. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!shutdown.isEmpty()) {
            try {
                shutdown.pop().run();
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
