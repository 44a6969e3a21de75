package dev.darkroom.http;

import dev.darkroom.observability.Metrics;
import java.time.InstantSource;

/** Makes the boundary for tests in other packages. */
public final class HttpErrorBoundaries {

    private HttpErrorBoundaries() {}

    public static HttpErrorBoundary of(InstantSource clock) {
        return new HttpErrorBoundary(new Metrics(() -> "dev", clock), clock);
    }
}
