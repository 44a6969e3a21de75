package dev.darkroom.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.local.net.ExitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailedInvocationTest {

    private static final Invocation INVOCATION = Invocation.of("{}", Sender.http("GET", "/x"));

    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
    }

    @Test
    void aTimeOutHasLambdasLineInEveryLocale() {
        Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));

        var failure = FailedInvocation.timedOut(
                "get-generation", INVOCATION, Duration.ofSeconds(5), Instant.parse("2026-11-26T12:00:07.123456Z"));

        assertThat(failure.logLine())
                .isEqualTo("2026-11-26T12:00:07.123Z %s Task timed out after 5.00 seconds", INVOCATION.requestId());
        assertThat(failure.error())
                .hasMessage("RequestId: %s Error: Task timed out after 5.00 seconds", INVOCATION.requestId());
    }

    @Test
    void aCrashHasLambdasLine() {
        var failure = FailedInvocation.exited("get-generation", INVOCATION, new ExitStatus(137));

        assertThat(failure.logLine())
                .isEqualTo(
                        "RequestId: %s Error: Runtime exited with error: signal: killed Runtime.ExitError",
                        INVOCATION.requestId());
    }
}
