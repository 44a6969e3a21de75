package dev.darkroom.http.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.CostView;
import dev.darkroom.http.openai.wire.OpenAiDialect;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetErrorTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final BudgetUse USE = new BudgetUse(new Money(24_980_000), new Money(24_800_000));
    private static final Optional<Instant> RESET = Optional.of(Instant.parse("2026-12-01T00:00:00Z"));
    private static final SpendLimit OF_KEY =
            new SpendLimit(BudgetScope.ofKey("0123456789abcdef"), BudgetPeriod.MONTH, new Money(25_000_000));

    @Test
    void aRefusalSaysWhatIsSpentAndHeldAndWhenTheBudgetResets() throws IOException {
        var answer = WaveSpeedDialect.error(ApiError.overBudget(OF_KEY, USE, RESET));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(402);
        assertThat(answer.path("headers").path("x-should-retry").textValue()).isEqualTo("false");
        assertThat(body(answer).path("error_code").textValue()).isEqualTo("budget_exceeded");
        assertThat(body(answer).path("budget")).isEqualTo(JSON.readTree("""
                        {"scope": "key:0123456789abcdef", "duration": "1mo", "currency": "USD", "limit": 25, "spent": 24.8,
                         "held": 0.18, "resets_at": "2026-12-01T00:00:00Z"}"""));
    }

    /** The caller may have spent nothing of it. */
    @Test
    void aRefusalByASharedBudgetSaysThatItIsShared() throws IOException {
        var shared = new SpendLimit(BudgetScope.shared("acme/team"), BudgetPeriod.MONTH, new Money(25_000_000));

        var answer = WaveSpeedDialect.error(ApiError.overBudget(shared, USE, RESET));

        assertThat(body(answer).path("message").textValue())
                .isEqualTo("The price does not fit into the budget of 25 dollars that this API key shares with others:"
                        + " 24.8 are spent and 0.18 held. It resets at 2026-12-01T00:00:00Z.");
    }

    @Test
    void theSpendingOfTheWholeGatewayIsNotShown() throws IOException {
        var limit = new SpendLimit(BudgetScope.DEPLOYMENT, BudgetPeriod.DAY, new Money(100_000_000));

        var answer = WaveSpeedDialect.error(ApiError.overBudget(limit, USE, RESET));

        assertThat(body(answer).path("budget").has("spent")).isFalse();
        assertThat(body(answer).path("budget").has("held")).isFalse();
        assertThat(body(answer).path("message").textValue()).doesNotContain("24.");
    }

    @Test
    void aModelWithoutAPriceIsNamed() throws IOException {
        var answer = WaveSpeedDialect.error(ApiError.unpriced(new ModelId("vendor/model")));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(402);
        assertThat(body(answer).path("message").textValue())
                .contains("vendor/model", "GET /api/v3/models", "add one to the model's file");
        assertThat(answer.path("headers").path("x-should-retry").textValue()).isEqualTo("false");
    }

    @Test
    void openAiCallsItInsufficientQuota() throws IOException {
        var answer = OpenAiDialect.error(ApiError.overBudget(OF_KEY, USE, RESET));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(402);
        assertThat(answer.path("headers").path("x-should-retry").textValue()).isEqualTo("false");
        assertThat(body(answer).path("error").path("code").textValue()).isEqualTo("insufficient_quota");
    }

    @Test
    void theHeaderHasAmountCurrencyAndState() {
        assertThat(CostView.header(new CostView("USD", new BigDecimal("0.04"), "held")))
                .containsExactly(Map.entry("x-darkroom-cost", "0.04; currency=USD; state=held"));
    }

    private static JsonNode body(ObjectNode answer) throws IOException {
        return JSON.readTree(answer.path("body").textValue());
    }
}
