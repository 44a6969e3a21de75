package dev.darkroom.runtime;

import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.AuthenticateApiKey;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.httpclient.JdkConnections;
import dev.darkroom.runtime.wiring.DeployedCatalogue;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.jboss.logging.Logger;

/**
 * Primes a function while it starts: makes the clients that its handler needs and opens their connections by reading
 * ids that do not exist. A call that fails does no harm; a client that cannot be made ends the process.
 */
@Singleton
class FunctionPriming {

    private static final Logger LOG = Logger.getLogger(FunctionPriming.class);

    /** Held here, because the log manager alone does not keep it from being garbage-collected. */
    private static final java.util.logging.Logger OURS = java.util.logging.Logger.getLogger("dev.darkroom");

    private static final Duration MAX_TIME = Duration.ofSeconds(3);
    private static final GenerationId NO_GENERATION = new GenerationId("0".repeat(32));
    private static final ApiKey NO_KEY = ApiKey.of(new byte[ApiKey.BYTES]);

    private final FunctionConfig config;
    private final Instance<ReadGeneration> readGeneration;
    private final Instance<AuthenticateApiKey> authenticate;
    private final Instance<ImageProviders> providers;

    FunctionPriming(
            FunctionConfig config,
            Instance<ReadGeneration> readGeneration,
            Instance<AuthenticateApiKey> authenticate,
            Instance<ImageProviders> providers) {
        this.config = config;
        this.readGeneration = readGeneration;
        this.authenticate = authenticate;
        this.providers = providers;
    }

    /**
     * On demand an event is waiting already, so priming runs beside it and makes only what the event needs first. Where
     * Lambda starts the function ahead of time, priming ends before the first event.
     */
    void prime(@Observes StartupEvent event) throws InterruptedException {
        // Setting a level goes through all loggers, so the usual one is left as it is.
        if (config.logLevel().intValue() != Level.INFO.intValue()) {
            OURS.setLevel(config.logLevel());
        }
        JdkConnections.configure();
        boolean isOnDemand = config.initializationType().equals("on-demand");
        var threads = switch (config.handler()) {
            case GET_GENERATION, MANAGE_GENERATIONS -> List.of(callers(isOnDemand));
            case SUBMIT_GENERATION -> List.of(callers(isOnDemand), providers());
            case RECEIVE_WEBHOOK, GET_IMAGE -> List.of(rows());
            case POLL_GENERATIONS, START_GENERATION -> List.of(rows(), providers());
        };
        if (!isOnDemand) {
            long deadline = System.nanoTime() + MAX_TIME.toNanos();
            for (var thread : threads) {
                thread.join(Duration.ofNanos(deadline - System.nanoTime()));
            }
        }
    }

    private Thread rows() {
        return start(this::primeRows);
    }

    private void primeRows() {
        prime(orEnd(readGeneration::get), read -> read.read(NO_GENERATION));
    }

    /**
     * The check of the API key comes before everything else. What a row needs is left to the event on demand: it would
     * keep the connection busy that the event waits for.
     */
    private Thread callers(boolean isOnDemand) {
        return start(() -> {
            prime(orEnd(authenticate::get), check -> check.authenticate(NO_KEY));
            if (!isOnDemand) {
                primeRows();
            }
        });
    }

    /** A provider that cannot be called, or a model whose provider is not wired, ends the process. */
    private Thread providers() {
        return start(() -> {
            orEnd(() -> DeployedCatalogue.CATALOGUE);
            orEnd(providers::get)
                    .byId()
                    .values()
                    .forEach(provider -> orEnd(() -> {
                        provider.prime();
                        return provider;
                    }));
        });
    }

    private static Thread start(Runnable priming) {
        return Thread.ofPlatform().daemon().name("priming").start(priming);
    }

    private static <T> T orEnd(Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException | ExceptionInInitializerError e) {
            LOG.errorf("function-start-failed: %s", rootCause(e).getMessage());
            // Quarkus' own exit would log several stack traces of follow-up errors.
            Runtime.getRuntime().halt(1);
            throw e;
        }
    }

    /** The call's result does not matter: a refused read opens the connection as well. */
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
