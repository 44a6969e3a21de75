package dev.darkroom.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A function restored by SnapStart gets its credentials from a URL and not from the environment.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html#snapstart-credentials">SnapStart</a>
 */
class SnapStartCredentialsIT {

    private static final WireMockServer CREDENTIALS =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeAll
    static void start() {
        CREDENTIALS.start();
        CREDENTIALS.stubFor(get("/credentials")
                .withHeader("Authorization", equalTo("a-token"))
                .willReturn(okJson("""
                        {"AccessKeyId": "local", "SecretAccessKey": "local", "Token": "local", "Expiration": "2099-01-01T00:00:00Z"}
                        """)));
    }

    @AfterAll
    static void end() {
        CREDENTIALS.stop();
    }

    @Test
    void aGenerationCompletes() {
        var restored = Map.of(
                "AWS_ACCESS_KEY_ID", "",
                "AWS_SECRET_ACCESS_KEY", "",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", CREDENTIALS.url("/credentials"),
                "AWS_CONTAINER_AUTHORIZATION_TOKEN", "a-token");
        try (var gateway = RunningPlatform.start(RunningPlatform.options().withEnvironment(restored))) {
            var result = gateway.completed(gateway.submitted("a cat"));

            assertThat(result.getString("data.status")).isEqualTo("completed");
        }
    }
}
