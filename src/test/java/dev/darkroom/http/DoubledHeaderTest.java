package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** API Gateway joins the values of a header that was sent several times with commas. */
class DoubledHeaderTest {

    private static final String KEY = TestCallers.keyOf(TestCallers.ACME).value();

    private final FuzzedGateway gateway = new FuzzedGateway();

    @ParameterizedTest
    @ValueSource(strings = {"order-1,order-1", "order-1, order-1", "order-1,order-1,order-1"})
    void oneKeySentTwiceIsOneKey(String doubled) {
        var once = submit("idempotency-key", "order-1");
        var twice = submit("idempotency-key", doubled);

        assertThat(twice.body().at("/data/id")).isEqualTo(once.body().at("/data/id"));
        gateway.checkOneRowAndOnePaidCall();
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-1,order-2", "order-1, order-2", "order-1,", ",order-1", "a,b,a"})
    void twoKeysAreRefused(String joined) {
        var answer = submit("idempotency-key", joined);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("error_code").asText()).isEqualTo("invalid_idempotency_key");
        assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo("Idempotency-Key");
        assertThat(answer.body().at("/errors/0/message").asText()).isEqualTo("must have one value, without a comma");
        gateway.checkNothingHappened();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ", ", "order 1\n,order 1\n"})
    void anInvalidKeySentTwiceIsInvalid(String joined) {
        assertThat(submit("idempotency-key", joined).status()).isEqualTo(400);
        gateway.checkNothingHappened();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http | http",
                "https | https",
                "https,http | https",
                "http, http | http",
                "ftp | https",
                "'' | https"
            })
    void theSchemeIsThatOfTheFirstProxy(String forwarded, String scheme) {
        var answer = submit("x-forwarded-proto", forwarded);

        assertThat(answer.body().at("/data/urls/get").asText()).startsWith(scheme + "://api.example/api/v3/");
    }

    @Test
    void oneAuthorizationSentTwiceIsOne() {
        assertThat(submit("authorization", "Bearer " + KEY + ",Bearer " + KEY).status())
                .isEqualTo(200);
        assertThat(submit("authorization", "Bearer " + KEY + ", Bearer " + KEY).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer %s,Bearer x", "Bearer x,Bearer %s", "Bearer %s,", ",Bearer %s", "Bearer %s,Basic x"})
    void twoAuthorizationsAreRefused(String joined) {
        assertThat(submit("authorization", joined.formatted(KEY)).status()).isEqualTo(401);
    }

    private CheckedResponse submit(String header, String value) {
        return CheckedResponse.of(gateway.submit.handleRequest(
                Requests.withHeader(Requests.valid(), header, value), new FakeContext(10_000)));
    }
}
