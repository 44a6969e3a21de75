package dev.darkroom.core.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

    /** A prediction that the provider's history does not show yet would be paid for twice. */
    @Test
    void nothingIsSentOnceMoreSoonerThanTheHistoryMayShowIt() {
        assertThat(resubmittingAfter(Duration.ofMinutes(10)).resubmitAfter()).contains(Duration.ofMinutes(10));
        assertThatThrownBy(() -> resubmittingAfter(Duration.ofMinutes(9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("darkroom.timeouts.resubmit-after must be PT10M or more");
    }

    private static Timeouts resubmittingAfter(Duration after) {
        var defaults = Timeouts.DEFAULTS;
        return new Timeouts(
                defaults.firstCheck(),
                defaults.firstCheckWithWebhook(),
                defaults.claim(),
                defaults.queued(),
                defaults.reconciliation(),
                defaults.processing(),
                Optional.of(after),
                defaults.predictionVisibility());
    }
}
