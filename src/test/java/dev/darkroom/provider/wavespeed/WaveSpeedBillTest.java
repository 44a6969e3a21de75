package dev.darkroom.provider.wavespeed;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.darkroom.provider.wavespeed.OutcomeAssert.assertMeans;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.BillEntry;
import dev.darkroom.core.provider.BillEntry.Kind;
import dev.darkroom.core.provider.BillOutcome;
import dev.darkroom.core.provider.BillQuestion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bill. The entries are those of the provider's page
 * <a href="https://wavespeed.ai/docs/docs-common-api/billings">Search billings</a>.
 */
class WaveSpeedBillTest {

    private static final String ENTRY = """
            {"uuid": "d6b45aaa54fb4d12930acc36c9ae639f", "billing_type": "deduct", "price": 0.02,
             "created_at": "2025-10-01T11:13:30.051Z", "updated_at": "2025-10-01T11:13:30.051Z",
             "order": {"uuid": "2bf7346d433e4b0e9e70bc24e5e24644", "state": "done", "price": 0.02,
                       "origin_price": 0.02, "status": "", "ak_id": 0},
             "prediction": {"uuid": "cb54bb552ff94e1ea6a5c2976fe1c0c1", "model_uuid": "bytedance/seedream-v3",
                            "status": "completed"}, "access_key_name": ""}""";

    private static final BillQuestion.Written DAY = new BillQuestion.Written(
            Instant.ofEpochMilli(1_759_276_800_000L), Instant.ofEpochMilli(1_759_363_199_999L));

    private static final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    private final WaveSpeedImageProvider provider = ProviderAt.provider(server.baseUrl());

    @BeforeAll
    static void start() {
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void forgetEarlierTests() {
        server.resetAll();
    }

    @Test
    void anEntryHasItsPredictionAndItsAmountInMicroDollars() {
        answer(page(1, ENTRY));

        assertThat(provider.bill(DAY, 1))
                .isEqualTo(new BillOutcome.Page(
                        List.of(new BillEntry(
                                "d6b45aaa54fb4d12930acc36c9ae639f",
                                new PredictionId("cb54bb552ff94e1ea6a5c2976fe1c0c1"),
                                Kind.CHARGE,
                                20_000,
                                Instant.parse("2025-10-01T11:13:30.051Z"))),
                        0,
                        true));
    }

    @ParameterizedTest
    @CsvSource({"deduct, CHARGE", "Deduct, CHARGE", "refund, REFUND", "prediction_refund, REFUND"})
    void theTypeSaysWhatAnEntryDoes(String type, Kind kind) {
        answer(page(1, ENTRY.replace("\"deduct\"", "\"" + type + "\"")));

        assertThat(entries(provider.bill(DAY, 1))).extracting(BillEntry::kind).containsExactly(kind);
    }

    @Test
    void aNegativeAmountOfARefundIsReadWithoutItsSign() {
        answer(page(1, ENTRY.replace("deduct", "refund").replace("\"price\": 0.02,\n", "\"price\": -0.02,\n")));

        assertThat(entries(provider.bill(DAY, 1)))
                .extracting(BillEntry::microDollars)
                .containsExactly(20_000L);
    }

    /** Five times 0.045, added in floating point. */
    @Test
    void anAmountIsRoundedToTheNearestMicroDollar() {
        answer(page(1, ENTRY.replaceFirst("\"price\": 0.02", "\"price\": 0.22499999999999998")));

        assertThat(entries(provider.bill(DAY, 1)))
                .extracting(BillEntry::microDollars)
                .containsExactly(225_000L);
    }

    /** An earlier edition of the page has the price 24300, without a unit. */
    @ParameterizedTest
    @ValueSource(strings = {"\"price\": 24300", "\"price\": \"0.02\"", "\"price\": null", "\"price\": 1e999"})
    void anAmountThatIsNoPriceIsNotGuessed(String price) {
        answer(page(1, ENTRY.replaceFirst("\"price\": 0.02", price)));

        assertThat(provider.bill(DAY, 1)).isEqualTo(new BillOutcome.Page(List.of(), 1, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bonus", ""})
    void anUnknownTypeAboutAPredictionIsUnreadable(String type) {
        answer(page(1, ENTRY.replace("deduct", type)));

        assertThat(provider.bill(DAY, 1)).isEqualTo(new BillOutcome.Page(List.of(), 1, true));
    }

    @Test
    void aPaymentIntoTheAccountIsNoEntry() {
        answer(page(1, "{\"uuid\": \"1\", \"billing_type\": \"recharge\", \"price\": 100, \"created_at\": \"\"}"));

        assertThat(provider.bill(DAY, 1)).isEqualTo(new BillOutcome.Page(List.of(), 0, true));
    }

    @Test
    void theTotalSaysWhichPageIsTheLast() {
        answer(page(101, ENTRY));

        assertThat(((BillOutcome.Page) provider.bill(DAY, 1)).isLast()).isFalse();
        assertThat(((BillOutcome.Page) provider.bill(DAY, 2)).isLast()).isTrue();
    }

    @Test
    void aPageWithoutEntriesIsTheLast() {
        answer(aResponse().withBody("{\"code\": 200, \"data\": {\"page\": 3, \"items\": null}}"));

        assertThat(provider.bill(DAY, 3)).isEqualTo(new BillOutcome.Page(List.of(), 0, true));
    }

    @Test
    void aDayWithoutEntriesHasNoList() {
        answer(aResponse().withBody("{\"code\": 200, \"data\": {\"page\": 1, \"total\": 0, \"items\": null}}"));

        assertThat(provider.bill(DAY, 1)).isEqualTo(new BillOutcome.Page(List.of(), 0, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"page\": 1, \"items\": null}", "{\"page\": 1, \"total\": 3, \"items\": null}"})
    void aListThatIsMissingIsNoEmptyBill(String data) {
        answer(aResponse().withBody("{\"code\": 200, \"data\": %s}".formatted(data)));

        assertThat(provider.bill(DAY, 1)).isInstanceOf(BillOutcome.Unclear.class);
    }

    @Test
    void aChargeWithoutAPredictionCannotBeRead() {
        answer(page(1, ENTRY.replace("cb54bb552ff94e1ea6a5c2976fe1c0c1", "")));

        assertThat(((BillOutcome.Page) provider.bill(DAY, 1)).unreadable()).isOne();
    }

    @Test
    void aTimeIsAskedForInMillisecondsAsText() {
        answer(page(0, ""));

        provider.bill(DAY, 2);

        server.verify(postRequestedFor(urlEqualTo("/api/v3/billings/search"))
                .withHeader("Authorization", equalTo("Bearer the-provider-key"))
                .withRequestBody(equalToJson("""
                        {"page": 2, "page_size": 100, "sort": "created_at ASC",
                         "start_time": "1759276800000", "end_time": "1759363199999"}""")));
    }

    @Test
    void predictionsAreAskedForByTheirIds() {
        answer(page(0, ""));

        provider.bill(new BillQuestion.About(List.of(new PredictionId("p1"), new PredictionId("p2"))), 1);

        server.verify(postRequestedFor(urlEqualTo("/api/v3/billings/search")).withRequestBody(equalToJson("""
                        {"page": 1, "page_size": 100, "sort": "created_at ASC",
                         "prediction_uuids": ["p1", "p2"]}""")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html></html>", "{\"code\": 200}", "{\"code\": 200, \"data\": {\"items\": 1}}"})
    void anAnswerWithoutAPageIsUnclear(String body) {
        answer(aResponse().withBody(body));

        assertMeans(provider.bill(DAY, 1), new BillOutcome.Unclear(""));
    }

    @Test
    void anErrorIsUnclear() {
        answer(aResponse().withStatus(401));

        assertMeans(provider.bill(DAY, 1), new BillOutcome.Unclear(""));
    }

    @Test
    void anOutageSaysHowLongToWait() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "7"));

        assertMeans(provider.bill(DAY, 1), new BillOutcome.Unavailable(Duration.ofSeconds(7), ""));
    }

    private static List<BillEntry> entries(BillOutcome outcome) {
        return ((BillOutcome.Page) outcome).entries();
    }

    private static ResponseDefinitionBuilder page(int total, String items) {
        return aResponse().withBody("""
                {"code": 200, "message": "success", "data": {"page": 1, "total": %d, "items": [%s]}}""".formatted(total, items));
    }

    private void answer(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
    }
}
