package dev.darkroom.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** From when until when, at the latest, the caller of a request waits for an answer with its images. */
public record Wait(Instant arrival, Instant until) {

    /** The whole time, in milliseconds; zero when there is no time to wait. */
    public Duration time() {
        var time = Duration.between(arrival, until);
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** The header that says how long the gateway waits, in whole seconds: less than requested where it has to be. */
    public Map<String, String> headers() {
        return Map.of("preference-applied", "wait=" + time().toSeconds());
    }

    /** The same wait, if it does not take longer than {@code limit}. */
    public Wait within(Duration limit) {
        var latest = arrival.plus(limit);
        return latest.isBefore(until) ? new Wait(arrival, latest) : this;
    }
}
