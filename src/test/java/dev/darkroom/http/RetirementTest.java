package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetirementTest {

    /** RFC 9745 wants seconds since 1970 behind an at sign, RFC 8594 an HTTP date with two digits for the day. */
    @Test
    void aRetiredModelHasBothHeaders() {
        assertThat(Retirement.headers(Optional.of(LocalDate.of(2026, 8, 7))))
                .isEqualTo(Map.of("deprecation", "@1786060800", "sunset", "Fri, 07 Aug 2026 00:00:00 GMT"));
    }

    @Test
    void anyOtherModelHasNone() {
        assertThat(Retirement.headers(Optional.empty())).isEmpty();
    }
}
