package dev.darkroom.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimingsTest {

    /** A prediction that the history does not show yet would be paid for twice. */
    @Test
    void nothingIsSentOnceMoreSoonerThanTheHistoryMayShowIt() {
        assertThat(resubmittingAfter(Duration.ofMinutes(10)).resubmitAfter()).contains(Duration.ofMinutes(10));
        assertThatThrownBy(() -> resubmittingAfter(Duration.ofMinutes(9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("darkroom.timings.resubmit-after must be PT10M or more");
    }

    private static Timings resubmittingAfter(Duration after) {
        return new Timings(
                Core.TIMINGS.firstLook(),
                Core.TIMINGS.claimTimeout(),
                Core.TIMINGS.submitGiveUp(),
                Core.TIMINGS.unconfirmedGiveUp(),
                Optional.of(after),
                Core.TIMINGS.predictionVisible());
    }
}
