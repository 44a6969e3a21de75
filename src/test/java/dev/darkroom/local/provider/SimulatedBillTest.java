package dev.darkroom.local.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator's bill, right and wrong. */
class SimulatedBillTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ProviderSimulator simulator = new ProviderSimulator(Duration.ZERO, 1, WebhookSender.SECRET);

    @AfterEach
    void end() {
        simulator.close();
        client.close();
    }

    @Test
    void aPredictionIsBilledForAllItsImages() throws Exception {
        var id = submit("a cat", 3);

        var row = bill("{\"page\": 1, \"page_size\": 10}").path("items").path(0);

        assertThat(row.path("prediction").path("uuid").asText()).isEqualTo(id);
        assertThat(row.path("billing_type").asText()).isEqualTo("deduct");
        assertThat(row.path("price").decimalValue()).isEqualByComparingTo(new BigDecimal("0.12"));
        assertThat(simulator.billedMicroDollars()).isEqualTo(120_000);
    }

    @ParameterizedTest
    @CsvSource({
        "a cat, deduct, 40000",
        "a cat [fail], '', 0",
        "a cat [bill-other-price], deduct, 80000",
        "a cat [bill-missing], '', 0",
        "a cat [bill-refund], deduct;refund, 0",
        "a cat [fail] [bill-refund], deduct;refund, 0",
        "a cat [fail] [bill-failed], deduct, 40000",
        "a cat [bill-unknown], deduct;deduct, 80000"
    })
    void aPromptMakesItBillWrongly(String prompt, String types, long microDollars) throws Exception {
        submit(prompt, 1);

        var rows = bill("{\"page\": 1, \"page_size\": 10}").path("items").valueStream();

        assertThat(rows.map(row -> row.path("billing_type").asText()).sorted().collect(Collectors.joining(";")))
                .isEqualTo(types);
        assertThat(simulator.billedMicroDollars()).isEqualTo(microDollars);
    }

    @Test
    void theBillIsFilteredByPredictionsAndComesInPages() throws Exception {
        submit("a cat", 1);
        var second = submit("a dog", 1);
        var third = submit("a bird", 1);

        var page = bill("""
                {"page": 2, "page_size": 1, "sort": "created_at ASC", "prediction_uuids": ["%s", "%s"]}""".formatted(second, third));

        assertThat(page.path("total").asInt()).isEqualTo(2);
        assertThat(page.path("items")).hasSize(1);
    }

    @Test
    void theBillIsFilteredByTime() throws Exception {
        submit("a cat", 1);

        var page = bill("{\"page\": 1, \"page_size\": 10, \"start_time\": \"0\", \"end_time\": \"1000\"}");

        assertThat(page.path("total").asInt()).isZero();
    }

    private String submit(String prompt, int images) throws Exception {
        var body = JSON.createObjectNode().put("prompt", prompt).put("num_images", images);
        return post("/api/v3/wavespeed-ai/imagen4", body.toString()).path("id").asText();
    }

    private JsonNode bill(String filter) throws Exception {
        return post("/api/v3/billings/search", filter);
    }

    private JsonNode post(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(simulator.address() + path))
                .header("Authorization", "Bearer key")
                .POST(BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body())
                .path("data");
    }
}
