package dev.darkroom.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.LogLines;
import dev.darkroom.core.provider.SecretStore.SecretName;
import dev.darkroom.core.provider.SecretUnavailableException;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A server that answers as the two services do. */
class AwsSecretStoreTest {

    private static final String PARAMETER = "arn:aws:ssm:eu-west-1:123456789012:parameter/darkroom/key";

    @RegisterExtension
    final LogLines log = new LogLines("dev.darkroom");

    private static Answer json(int status, String body) {
        return Answer.of("HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body));
    }

    private static String read(URI address, String id, Optional<String> field) {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));
        return new AwsSecretStore("us-east-1", Optional.of(address), credentials, InstantSource.system())
                .read(new SecretName(id, field));
    }

    @Test
    void aNameIsOfSecretsManagerAndTheCallIsSigned() {
        try (var server = RawServer.answering(json(200, "{\"SecretString\": \"the-key\\n\"}"))) {
            assertThat(read(server.address(), "darkroom/wavespeed-api-key", Optional.empty()))
                    .isEqualTo("the-key");
            assertThat(server.requests().getFirst())
                    .contains("X-Amz-Target: secretsmanager.GetSecretValue")
                    .contains("/us-east-1/secretsmanager/aws4_request")
                    .endsWith("{\"SecretId\":\"darkroom/wavespeed-api-key\"}");
        }
    }

    @Test
    void anArnNamesTheServiceAndTheRegion() {
        try (var server = RawServer.answering(json(200, "{\"Parameter\": {\"Value\": \"the-key\"}}"))) {
            assertThat(read(server.address(), PARAMETER, Optional.empty())).isEqualTo("the-key");
            assertThat(server.requests().getFirst())
                    .contains("X-Amz-Target: AmazonSSM.GetParameter")
                    .contains("/eu-west-1/ssm/aws4_request")
                    .endsWith("{\"Name\":\"%s\",\"WithDecryption\":true}".formatted(PARAMETER));
        }
    }

    @Test
    void oneFieldOfASecretIsTheKey() {
        try (var server = RawServer.answering(json(200, "{\"SecretString\": \"{\\\"a\\\": \\\"the-key\\\"}\"}"))) {
            assertThat(read(server.address(), "shared", Optional.of("a"))).isEqualTo("the-key");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | {"SecretString": "{\\"a\\": \\"hidden\\"}"}     |   | it is JSON, and no field of it is named
            200 | {"SecretString": "{\\"a\\": \\"hidden\\"}"}     | b | it is not a JSON object with a text b
            200 | {"SecretString": "hidden"}                      | b | it is not a JSON object with a text b
            200 | {"SecretString": " "}                           |   | it has no text
            200 | {"SecretBinary": "hidden"}                      |   | it has no text
            200 | {}                                              |   | it has no text
            200 | <html>                                          |   | it has no text
            400 | {"__type": "ResourceNotFoundException"}         |   | the answer is 400 ResourceNotFoundException
            400 | {"__type": "AccessDeniedException"}             |   | the answer is 400 AccessDeniedException
            """)
    void aSecretThatCannotBeUsedIsNamedAndNotShown(int status, String body, String field, String reason) {
        try (var server = RawServer.answering(json(status, body))) {
            assertThatExceptionOfType(SecretUnavailableException.class)
                    .isThrownBy(() -> read(server.address(), "shared", Optional.ofNullable(field)))
                    .withMessage("the secret shared cannot be used: " + reason);
            assertThat(log.lines()).singleElement().satisfies(line -> {
                assertThat(line.message()).isEqualTo("secret-not-read");
                assertThat(line.keys()).containsEntry("reason", "the secret shared cannot be used: " + reason);
            });
            assertThat(log.texts()).noneMatch(text -> text.contains("hidden"));
        }
    }

    @Test
    void withoutAConnectionItCannotBeUsed() {
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> read(URI.create("http://localhost:1"), "shared", Optional.empty()));
    }

    @Test
    void theServicesOfEachRegionHaveAddressesOfTheirOwn() {
        assertThat(SecretsService.SECRETS_MANAGER.endpoint("us-east-1"))
                .hasToString("https://secretsmanager.us-east-1.amazonaws.com/");
        assertThat(SecretsService.PARAMETER_STORE.endpoint("cn-north-1"))
                .hasToString("https://ssm.cn-north-1.amazonaws.com.cn/");
    }
}
