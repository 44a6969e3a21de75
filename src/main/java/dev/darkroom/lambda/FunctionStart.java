package dev.darkroom.lambda;

import dev.darkroom.application.Authorize;
import dev.darkroom.application.ImageProvider;
import dev.darkroom.application.ReadGeneration;
import dev.darkroom.domain.ApiKey;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.httpclient.JdkConnections;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Primes a function while it starts: makes the clients that its handler needs and opens their connections by reading
 * what does not exist. A call that fails is no harm; a client that cannot be made ends the process.
 */
@Singleton
class FunctionStart {

    private static final Logger LOG = Logger.getLogger(FunctionStart.class);

    /** Held here, because the log manager alone would let it be collected. */
    private static final java.util.logging.Logger OURS = java.util.logging.Logger.getLogger("dev.darkroom");

    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final GenerationId NO_GENERATION = new GenerationId("0".repeat(32));
    private static final ApiKey NO_KEY = ApiKey.of(new byte[ApiKey.BYTES]);
    private static final PredictionId NO_PREDICTION = new PredictionId("priming");

    private final FunctionConfig config;
    private final Instance<ReadGeneration> readGeneration;
    private final Instance<Authorize> authorize;
    private final Instance<ImageProvider> provider;

    FunctionStart(
            FunctionConfig config,
            Instance<ReadGeneration> readGeneration,
            Instance<Authorize> authorize,
            Instance<ImageProvider> provider) {
        this.config = config;
        this.readGeneration = readGeneration;
        this.authorize = authorize;
        this.provider = provider;
    }

    /**
     * On demand an event is waiting already, so it is not kept waiting: priming goes on beside it. Where Lambda starts
     * the function ahead of time, the first event finds all done.
     */
    void prime(@Observes StartupEvent event) throws InterruptedException {
        OURS.setLevel(config.logLevel());
        JdkConnections.configure();
        var threads = switch (config.handler()) {
            case GET_GENERATION, RECEIVE_WEBHOOK -> List.of(table());
            case AUTHORIZE -> List.of(keys());
            case SUBMIT_GENERATION, POLL_GENERATIONS, START_GENERATION -> List.of(table(), provider());
        };
        if (!config.initializationType().equals("on-demand")) {
            long deadline = System.nanoTime() + LONGEST.toNanos();
            for (var thread : threads) {
                thread.join(Duration.ofNanos(deadline - System.nanoTime()));
            }
        }
    }

    private Thread table() {
        return thread(readGeneration, read -> read.read(NO_GENERATION));
    }

    /** Its role lets it read nothing else of the table. */
    private Thread keys() {
        return thread(authorize, asked -> asked.ownerOf(NO_KEY));
    }

    private Thread provider() {
        return thread(provider, asked -> asked.poll(NO_PREDICTION));
    }

    private static <C> Thread thread(Instance<C> client, Consumer<C> call) {
        return Thread.ofPlatform().daemon().name("priming").start(() -> prime(made(client), call));
    }

    private static <C> C made(Instance<C> client) {
        try {
            return client.get();
        } catch (RuntimeException e) {
            LOG.errorf("function-start-failed: %s", rootCause(e).getMessage());
            // Quarkus' own way out would log several stack traces of what follows from this.
            Runtime.getRuntime().halt(1);
            throw e;
        }
    }

    /** What comes of the call does not matter: a function that may not read has its connection all the same. */
    private static <C> void prime(C client, Consumer<C> call) {
        try {
            call.accept(client);
        } catch (RuntimeException e) {
            LOG.debug("priming-failed", e);
        }
    }

    private static Throwable rootCause(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
