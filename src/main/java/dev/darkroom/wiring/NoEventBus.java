package dev.darkroom.wiring;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.vertx.runtime.EventConsumerInfo;
import io.quarkus.vertx.runtime.VertxEventBusConsumerRecorder;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Quarkus starts Vert.x at every start to register the consumers of its event bus, also where there are none. Here it is
 * started when the REST client needs it, which {@code get-generation} never does.
 */
@TargetClass(VertxEventBusConsumerRecorder.class)
final class NoEventBus {

    @Substitute
    public void configureVertx(
            Supplier<Vertx> vertx,
            List<EventConsumerInfo> consumers,
            LaunchMode launchMode,
            ShutdownContext shutdown,
            Map<Class<?>, Class<?>> codecs,
            List<Class<?>> selectorTypes) {
        if (!consumers.isEmpty()) {
            throw new IllegalStateException("NoEventBus must go: there are consumers now");
        }
    }
}
