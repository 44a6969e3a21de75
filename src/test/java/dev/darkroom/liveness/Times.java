package dev.darkroom.liveness;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long good requests waited for something.
 *
 * @param ninetieth percentile of these times
 * @param longest of these times
 * @param missing the number of good requests that did not get it
 */
record Times(Duration ninetieth, Duration longest, int missing) {

    /** {@code requests} have waited, for {@code run} at most. */
    static Times of(Stream<Duration> waited, int requests, Duration run) {
        var times = waited.sorted().toList();
        boolean none = times.isEmpty();
        return new Times(
                none ? run : times.get(times.size() * 9 / 10), none ? run : times.getLast(), requests - times.size());
    }
}
