package dev.darkroom.http.wavespeed.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.provider.BalanceOutcome;
import dev.darkroom.http.CheckedResponse;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.Requests;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The balance is the provider's, or an honest error with the time of the next attempt. */
class BalanceEndpointTest {

    private final FuzzedGateway gateway = new FuzzedGateway();

    private JsonNode balance() {
        return CatalogueAnswers.get(gateway, "/api/v3/balance");
    }

    @ParameterizedTest
    @CsvSource({"12345678, 12.345678", "40000000, 40", "0, 0", "1, 0.000001", "-2500000, -2.5"})
    void theBalanceIsANumberOfDollars(long microDollars, String written) {
        gateway.core.provider.setBalance(new BalanceOutcome.Known(microDollars));

        var answer = balance();

        assertThat(answer.path("body").asText())
                .isEqualTo("{\"code\":200,\"message\":\"success\",\"data\":{\"balance\":%s}}".formatted(written));
        assertThat(answer.at("/headers/cache-control").asText()).isEqualTo("no-store");
    }

    @Test
    void aProviderThatIsOutIsA503WithTheTimeOfTheNextAttempt() {
        gateway.core.provider.setBalance(new BalanceOutcome.Unavailable(Duration.ofSeconds(7), "HTTP 503, code 503"));

        var answer = balance();

        var refused = CheckedResponse.of(answer);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body().path("error_code").asText()).isEqualTo("balance_unavailable");
        assertThat(refused.body().path("message").asText())
                .isEqualTo("The balance cannot be read at the moment, because the provider does not answer."
                        + " Try again in 7 s.");
        assertThat(answer.at("/headers/retry-after").asText()).isEqualTo("7");
    }

    @Test
    void anAnswerThatCannotBeUsedIsA502WithoutItsText() {
        gateway.core.provider.setBalance(new BalanceOutcome.Unclear("HTTP 401, code 401"));

        var refused = CheckedResponse.of(balance());

        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.body().path("error_code").asText()).isEqualTo("balance_unreadable");
        assertThat(refused.body().toString()).doesNotContain("401");
    }

    @Test
    void callersThatTryAgainDoNotReachTheProvider() {
        gateway.core.provider.setBalance(new BalanceOutcome.Unavailable(null, "HTTP 503, code 503"));
        for (int i = 0; i < 10; i++) {
            assertThat(balance().path("statusCode").intValue()).isEqualTo(503);
        }

        assertThat(gateway.core.provider.balanceReads()).isEqualTo(1);
    }

    @Test
    void aFailingBalanceStopsNoSubmission() {
        gateway.core.provider.setBalance(new BalanceOutcome.Unavailable(Duration.ofMinutes(5), "HTTP 503, code 503"));
        balance();

        var submitted = gateway.submit.handleRequest(Requests.valid(), new FakeContext(10_000));

        assertThat(CheckedResponse.of(submitted).body().at("/data/status").asText())
                .isEqualTo("processing");
        gateway.checkOneRowAndOnePaidCall();
    }

    @Test
    void withoutAProviderThatHasABalanceThereIsNoSuchEndpoint() {
        gateway.core.provider.setBalance(new BalanceOutcome.NoBalance());

        var refused = CheckedResponse.of(balance());

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.body().path("message").asText())
                .isEqualTo("There is no such endpoint: this gateway has no provider with a balance.");
    }
}
