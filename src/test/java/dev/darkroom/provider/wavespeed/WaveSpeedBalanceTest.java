package dev.darkroom.provider.wavespeed;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.darkroom.provider.wavespeed.OutcomeAssert.assertMeans;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.darkroom.core.provider.BalanceOutcome;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The question what the account holds. The answer is {@code {"code": 200, "data": {"balance": 12.34}}}, in US dollars,
 * as the provider's own command line and MCP server read it.
 */
class WaveSpeedBalanceTest {

    private static final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    private final WaveSpeedImageProvider provider = ProviderAt.provider(server.baseUrl());

    @BeforeAll
    static void start() {
        server.start();
        // The first answer takes seconds on a busy machine, more than the tests allow a call.
        new ProviderAt(URI.create(server.baseUrl()), Duration.ofMinutes(1)).balance();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void forgetEarlierTests() {
        server.resetAll();
    }

    @ParameterizedTest
    @CsvSource({
        "12.34, 12340000",
        "100, 100000000",
        "0, 0",
        "0.1, 100000",
        "1e2, 100000000",
        "99.9999999, 99999999",
        "-0.0000001, -1",
        "-3.5, -3500000"
    })
    void aBalanceIsRoundedDownToMicroDollars(String dollars, long microDollars) {
        answer(aResponse().withBody(balance(dollars)));

        assertThat(provider.balance()).isEqualTo(new BalanceOutcome.Known(microDollars));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"12.34\"", "true", "{}", "[1]", "1e999", "-1e999", "1000000001", "1e15"})
    void anythingElseIsNoBalance(String value) {
        answer(aResponse().withBody(balance(value)));

        assertMeans(provider.balance(), new BalanceOutcome.Unclear(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html></html>", "{\"code\": 200}", "{\"code\": 200, \"data\": 12}", "[]"})
    void anAnswerWithoutOneIsUnclear(String body) {
        answer(aResponse().withBody(body));

        assertMeans(provider.balance(), new BalanceOutcome.Unclear(""));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 500, 502, 504})
    void anErrorIsUnclear(int status) {
        answer(aResponse().withStatus(status).withBody(balance("12")));

        assertMeans(provider.balance(), new BalanceOutcome.Unclear(""));
    }

    /** The status of the envelope counts, as in every answer of the provider. */
    @Test
    void anErrorInTheEnvelopeIsOne() {
        answer(aResponse().withBody("{\"code\": 401, \"message\": \"no\", \"data\": {\"balance\": 12}}"));

        assertMeans(provider.balance(), new BalanceOutcome.Unclear(""));
    }

    @Test
    void anOutageSaysHowLongToWait() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "7"));

        assertMeans(provider.balance(), new BalanceOutcome.Unavailable(Duration.ofSeconds(7), ""));
    }

    @Test
    void itIsAskedForWithTheKeyAndNothingElse() {
        answer(aResponse().withBody(balance("1")));

        provider.balance();

        server.verify(
                1,
                getRequestedFor(urlEqualTo("/api/v3/balance"))
                        .withHeader("Authorization", equalTo("Bearer the-provider-key")));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aQuestionWhoseConnectionBreaksIsRepeatedOnce(Fault fault) {
        answer(aResponse().withFault(fault));

        assertMeans(provider.balance(), new BalanceOutcome.Unclear(""));
        server.verify(2, getRequestedFor(anyUrl()));
    }

    @Test
    void aLargeAnswerIsNotRead() {
        answer(aResponse().withBody(balance("1") + " ".repeat(64 * 1024)));

        assertMeans(provider.balance(), new BalanceOutcome.Unclear(""));
    }

    @Test
    void noAnswerInTimeIsAnOutage() {
        try (var silent = RawServer.answering(Answer.andThenSilence(""))) {
            var outcome = new ProviderAt(silent.address(), Duration.ofMillis(500)).balance();

            assertMeans(outcome, new BalanceOutcome.Unavailable(null, ""));
        }
    }

    private static String balance(String value) {
        return "{\"code\": 200, \"message\": \"success\", \"data\": {\"balance\": %s}}".formatted(value);
    }

    private void answer(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
    }
}
