package dev.darkroom.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final AtomicLong now = new AtomicLong(42);
    private final Throttle throttle = new Throttle(2, 3, now::get);

    @Test
    void asManyRequestsAsTheBurstPassAtOnce() {
        assertThat(passing(5)).isEqualTo(3);
    }

    @Test
    void afterwardsTheRatePasses() {
        passing(5);

        now.addAndGet(TimeUnit.SECONDS.toNanos(1));

        assertThat(passing(5)).isEqualTo(2);
    }

    @Test
    void aPauseSavesNoMoreThanTheBurst() {
        passing(5);

        now.addAndGet(TimeUnit.HOURS.toNanos(1));

        assertThat(passing(5)).isEqualTo(3);
    }

    @Test
    void anUnlimitedThrottleStopsNothing() {
        var unlimited = Throttle.unlimited();

        assertThat(IntStream.range(0, 1000).allMatch(_ -> unlimited.allows())).isTrue();
    }

    private int passing(int requests) {
        return (int) IntStream.range(0, requests).filter(_ -> throttle.allows()).count();
    }
}
