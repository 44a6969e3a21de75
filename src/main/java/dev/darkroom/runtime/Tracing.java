package dev.darkroom.runtime;

import dev.darkroom.httpclient.TimedCalls;
import dev.darkroom.tracing.DaemonAddress;
import dev.darkroom.tracing.TracedAwsCalls;
import dev.darkroom.tracing.TracedHttpCalls;
import dev.darkroom.tracing.XRay;
import io.smallrye.config.EnvConfigSource;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;

/** Traces the calls of a function, if its deployment says so. Otherwise nothing of it is made. */
@Singleton
class Tracing {

    private static final Logger LOG = Logger.getLogger(Tracing.class);

    /** Lambda sets it for every function. */
    private static final String DAEMON = "AWS_XRAY_DAEMON_ADDRESS";

    /** Both the framework and Lambda's own Java runtime set it for each invocation. */
    private static final String HEADER = "com.amazonaws.xray.traceHeader";

    private static final class Variables extends EnvConfigSource {}

    private final Optional<TracedAwsCalls> awsCalls;

    Tracing(AwsConfig config) {
        var xRay = config.tracing() ? xRay() : Optional.<XRay>empty();
        xRay.ifPresent(on -> TimedCalls.tell(new TracedHttpCalls(on)));
        awsCalls = xRay.map(on -> new TracedAwsCalls(on, InstantSource.system()));
    }

    private static Optional<XRay> xRay() {
        var daemon = DaemonAddress.parse(new Variables().getValue(DAEMON));
        if (daemon.isEmpty()) {
            LOG.warn("traces-not-sent");
        }
        return daemon.map(address -> new XRay(address, () -> System.getProperty(HEADER)));
    }

    /** Traces the calls of a client of the SDK. */
    void of(ClientOverrideConfiguration.Builder client) {
        awsCalls.ifPresent(client::addExecutionInterceptor);
    }
}
