package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.provider.BalanceOutcome;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.ratelimit.RateLimits;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A dry run says what a submission would cost, in both dialects, and does nothing. */
class QuoteTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BODY = "{\"prompt\": \"a cat\"}";

    private final FuzzedGateway gateway = new FuzzedGateway();

    private static Stream<ObjectNode> submissions() {
        return Stream.of(
                Requests.submission(CoreFixture.MODEL, BODY),
                LambdaEvents.http("POST /v1/images/generations", "/v1/images/generations")
                        .put("body", BODY),
                LambdaEvents.http("POST /v1/images/generations/async", "/v1/images/generations/async")
                        .put("body", BODY));
    }

    @ParameterizedTest
    @MethodSource("submissions")
    void nothingIsStoredOrSent(ObjectNode submission) {
        var answer = quote(submission);

        assertThat(answer.path("statusCode").intValue()).isEqualTo(200);
        gateway.checkNothingHappened();
    }

    @ParameterizedTest
    @MethodSource("submissions")
    void theAnswerHasPriceBudgetAndPosition(ObjectNode submission) throws Exception {
        gateway.core.limits = List.of(limit(100_000_000));

        var quote = data(quote(submission));

        assertThat(quote.path("dry_run").booleanValue()).isTrue();
        assertThat(quote.path("model").asText()).isEqualTo(CoreFixture.MODEL);
        assertThat(quote.path("affordable").booleanValue()).isTrue();
        assertThat(quote.path("price").isNumber()).isTrue();
        assertThat(quote.at("/budgets/0/scope").asText()).isEqualTo("shared:studio");
        assertThat(quote.at("/budgets/0/left").decimalValue()).isEqualByComparingTo("100");
        assertThat(quote.path("queue").isNull()).isTrue();
    }

    @Test
    void aRequestThatWouldWaitHasItsPlaceInTheQueue() throws Exception {
        var limited = new FuzzedGateway(
                new CoreFixture(CoreFixture.TIMEOUTS, new RateLimits(Optional.of(1), 10)),
                new CallbackUrl(Optional.empty()));
        limited.core.submission("a cat", Optional.empty());
        limited.core.submission("a dog", Optional.empty());

        var quote = data(limited.submit.handleRequest(
                dryRun(Requests.submission(CoreFixture.MODEL, BODY)), new FakeContext(10_000)));

        assertThat(quote.at("/queue/position").intValue()).isEqualTo(2);
        assertThat(quote.at("/queue/estimated_start").textValue()).isNotBlank();
        assertThat(limited.core.store.all()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("submissions")
    void aPriceThatDoesNotFitIsNotAffordable(ObjectNode submission) throws Exception {
        gateway.core.limits = List.of(limit(1));

        assertThat(data(quote(submission)).path("affordable").booleanValue()).isFalse();
    }

    @Test
    void badInputIsRefusedAsTheSubmissionWouldBe() {
        var refused = quote(Requests.submission(CoreFixture.MODEL, "{}"));

        assertThat(refused.path("statusCode").intValue()).isEqualTo(400);
        assertThat(refused.path("body").asText()).contains("prompt");
    }

    @ParameterizedTest
    @MethodSource("submissions")
    void anotherValueIsRefusedAndPaysForNothing(ObjectNode submission) {
        submission.put("rawQueryString", "dry_run=1");
        submission.putObject("queryStringParameters").put("dry_run", "1");

        var answer = gateway.submit.handleRequest(submission, new FakeContext(10_000));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(400);
        assertThat(answer.path("body").asText()).contains("dry_run");
        gateway.checkNothingHappened();
    }

    @Test
    void theBalanceOfAKeyWithABudgetIsWhatItMayStillSpend() throws Exception {
        gateway.core.provider.setBalance(new BalanceOutcome.Known(500_000_000));
        gateway.core.limits = List.of(limit(25_000_000));

        assertThat(data(balance()).path("balance").decimalValue()).isEqualByComparingTo("25");

        gateway.core.limits = List.of();

        assertThat(data(balance()).path("balance").decimalValue()).isEqualByComparingTo("500");
    }

    private JsonNode balance() {
        return gateway.submit.handleRequest(
                LambdaEvents.http("GET /api/v3/balance", "/api/v3/balance"), new FakeContext(10_000));
    }

    private static SpendLimit limit(long microDollars) {
        return new SpendLimit(BudgetScope.shared("studio"), BudgetPeriod.MONTH, new Money(microDollars));
    }

    private JsonNode quote(ObjectNode submission) {
        return gateway.submit.handleRequest(dryRun(submission), new FakeContext(10_000));
    }

    private static ObjectNode dryRun(ObjectNode submission) {
        submission.put("rawQueryString", "dry_run=true");
        submission.putObject("queryStringParameters").put("dry_run", "true");
        return submission;
    }

    /** Without the envelope of WaveSpeed's dialect. */
    private static JsonNode data(JsonNode answer) throws Exception {
        var body = JSON.readTree(answer.path("body").asText());
        return body.has("data") ? body.path("data") : body;
    }
}
