package dev.darkroom.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code make run} says about its parameters before anything is built. */
class LocalParametersIT {

    private record Ended(int exitCode, String output) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shards=abc              | shards must be a whole number from 1 to 1000, not abc.
            shards                  | shards must be a whole number from 1 to 1000.
            throttleRate=0          | throttleRate must be a whole number from 1 to 999999, not 0.
            corsOrigin=https://a/b  | corsOrigin must be an origin, https://…, without user and path, or empty, not https://a/b.
            shard=2                 | There is no parameter shard: did you mean shards?
            scheduleRate=rate(11 minutes) | scheduleRate=rate(11 minutes) is too rare. Recovery, heartbeats of tasks and the alarm "no-sweeps" need a sweep at least every 10 minutes.
            publicUrl=https://x     | publicUrl needs webhookSecret: without the secret no webhook of the provider can be verified.
            """)
    void aWrongValueIsRefusedInTheSentenceOfMakeDeploy(String parameters, String sentence) throws Exception {
        var here = check(Map.of("PARAMS", parameters));
        var deployment = run(Map.of("PARAMS", parameters, "STAGE", "dev"), "node", "infra/deploy.mjs", "deploy");

        assertThat(here).isEqualTo(new Ended(1, sentence + "\n"));
        assertThat(deployment).isEqualTo(here);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            packaging=jvm         | packaging has no effect here: make run starts target/function.zip as it was built (make package, make native).
            logRetention=7        | logRetention has no effect here: each start replaces the log file.
            alarmEmail=a@b.example | alarmEmail has no effect here: there are no alarms on this machine.
            providerUrl=https://x.example | providerUrl needs DARKROOM_WAVESPEED_API_KEY: without a key, the simulated provider is called.
            scheduleRate=cron(0/5 * * * ? *) | scheduleRate must be rate(…) here, such as rate(2 minutes), not cron(0/5 * * * ? *).
            publicUrl=https://x webhookSecret={{resolve:secretsmanager:a:SecretString}} | webhookSecret must be the secret itself here, such as whsec_local: there is no Secrets Manager.
            """)
    void whatHasNoEffectOnThisMachineIsRefusedWithAReason(String parameters, String sentence) throws Exception {
        assertThat(check(Map.of("PARAMS", parameters))).isEqualTo(new Ended(1, sentence + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "corsOrigin=https://app.example.com throttleRate=5 throttleBurst=6 pollConcurrency=1",
                "publicUrl=http://localhost:8080 webhookSecret=whsec_mine scheduleRate=rate(2 minutes)",
                "shards=2 rowRetention=P8D logLevel=DEBUG imagesPerMinute=60 queuedPerOwner=10 resubmitAfter=PT10M"
            })
    void whatWorksHereIsAccepted(String parameters) throws Exception {
        assertThat(check(Map.of("PARAMS", parameters))).isEqualTo(new Ended(0, ""));
    }

    @Test
    void withTheProvidersKeyItsAddressIsAccepted() throws Exception {
        var environment = Map.of("PARAMS", "providerUrl=https://x.example", "DARKROOM_WAVESPEED_API_KEY", "a-key");

        assertThat(check(environment)).isEqualTo(new Ended(0, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "65536", "123456", "80 80", "8080x"})
    void aPortThatCannotBeIsRefused(String port) throws Exception {
        assertThat(check(Map.of("PORT", port)))
                .isEqualTo(new Ended(1, "PORT must be a number from 0 to 65535, not %s.\n".formatted(port)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "8080", "65535"})
    void aPortIsANumberOrLeftOut(String port) throws Exception {
        assertThat(check(Map.of("PORT", port))).isEqualTo(new Ended(0, ""));
    }

    @Test
    void withoutNodeItSaysWhatIsMissing() throws Exception {
        assertThat(check(Map.of("PARAMS", "shards=2", "PATH", "/nonexistent")))
                .isEqualTo(
                        new Ended(1, "PARAMS is checked with Node: install Node 20 or newer, or leave PARAMS out.\n"));
    }

    private static Ended check(Map<String, String> environment) throws IOException, InterruptedException {
        return run(environment, "/bin/sh", "src/local/bin/check-parameters");
    }

    private static Ended run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("DARKROOM_WAVESPEED_API_KEY", "PORT"));
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
