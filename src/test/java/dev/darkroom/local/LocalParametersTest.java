package dev.darkroom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalParametersTest {

    @ParameterizedTest
    @CsvSource({
        "scheduleRate=rate(1 minute), PT1M",
        "scheduleRate=rate(5 minutes) shards=2, PT5M",
        "scheduleRate=rate(1 hour), PT1H",
        "shards=2, PT1M"
    })
    void theScheduleFiresAtItsRate(String parameters, Duration tick) {
        var options = LocalParameters.parse(parameters).applyTo(PlatformOptions.of(Path.of("")));

        assertThat(options.tick()).isEqualTo(tick);
    }

    @Test
    void aCronExpressionIsNotForThisMachine() {
        var parameters = LocalParameters.parse("scheduleRate=cron(0/5 * * * ? *)");

        assertThatThrownBy(() -> parameters.applyTo(PlatformOptions.of(Path.of(""))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("scheduleRate must be rate(…) on this machine");
    }

    @Test
    void theSimulatorSignsWithTheFirstOfTheSecrets() {
        var options = LocalParameters.parse("publicUrl=http://localhost:8180/ webhookSecret=whsec_new,whsec_old")
                .applyTo(PlatformOptions.of(Path.of("")));

        assertThat(options.webhookSecret()).isEqualTo("whsec_new");
        assertThat(options.publicUrl()).contains("http://localhost:8180");
    }
}
