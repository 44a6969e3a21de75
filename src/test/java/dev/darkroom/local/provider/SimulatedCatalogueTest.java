package dev.darkroom.local.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator's models, prices and balance, with the fields that the provider's clients read. */
class SimulatedCatalogueTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ProviderSimulator simulator = new ProviderSimulator(Duration.ZERO, 1, WebhookSender.SECRET);

    @AfterEach
    void end() {
        simulator.close();
        client.close();
    }

    @Test
    void aModelHasItsPriceAndItsSchema() throws Exception {
        var imagen = data(get("/api/v3/models"))
                .valueStream()
                .filter(entry -> entry.path("model_id").asText().equals("wavespeed-ai/imagen4"))
                .findFirst()
                .orElseThrow();

        assertThat(imagen.path("name").asText()).isEqualTo("Imagen 4");
        assertThat(imagen.path("type").asText()).isEqualTo("text-to-image");
        assertThat(imagen.path("base_price").asDouble()).isEqualTo(0.04);
        assertThat(imagen.path("formula").asText()).isEqualTo("{\"total_price\": (0.04) * num_images}");
        var schema = imagen.at("/api_schema/api_schemas/0/request_schema");
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(schema.path("required").toString()).isEqualTo("[\"prompt\"]");
        assertThat(schema.path("x-order-properties").path(0).asText()).isEqualTo("prompt");
        assertThat(schema.at("/properties/num_images/maximum").asInt()).isEqualTo(4);
        assertThat(schema.at("/properties/prompt").has("errorMessage")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wavespeed-ai/imagen4              | {"prompt": "a cat"}                                          | 0.04
            wavespeed-ai/imagen4              | {"prompt": "a cat", "num_images": 3}                         | 0.12
            openai/gpt-image-1/text-to-image  | {"prompt": "a cat", "size": "1024*1024", "quality": "high"}  | 0.167
            wavespeed-ai/paper-cut/text-to-image | {"prompt": "a cat", "quality": "fine", "num_images": 2}   | 0.04
            """)
    void anInputHasItsPrice(String model, String inputs, double price) throws Exception {
        var data = data(post("/api/v3/model/price", question(model, inputs)));

        assertThat(data.path("model_id").asText()).isEqualTo(model);
        assertThat(data.path("price").asDouble()).isEqualTo(price);
        assertThat(data.path("discounted_price").asDouble()).isEqualTo(price);
        assertThat(data.path("currency").asText()).isEqualTo("USD");
        assertThat(simulator.predictions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no/model                           | {"prompt": "a cat"}                  | 404
            wavespeed-ai/imagen4               | {"prompt": "a cat", "colour": "red"} | 400
            google/nano-banana-2/text-to-image | {"prompt": "a cat"}                  | 404
            """)
    void aPriceThatIsNotEstablishedIsNotMadeUp(String model, String inputs, int status) throws Exception {
        assertThat(post("/api/v3/model/price", question(model, inputs)).statusCode())
                .isEqualTo(status);
    }

    /** The command line of the provider asks for it with the inputs that it has, which may lack the prompt. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model_id": "wavespeed-ai/imagen4"}                              | 0.04
            {"model_id": "wavespeed-ai/imagen4", "inputs": {}}                | 0.04
            {"model_id": "wavespeed-ai/imagen4", "inputs": {"num_images": 3}} | 0.12
            """)
    void aPartOfAnInputHasAUnitPrice(String question, double price) throws Exception {
        var data = data(post("/api/v3/model/pricing", question));

        assertThat(data.path("unit_price").asDouble()).isEqualTo(price);
        assertThat(data.path("currency").asText()).isEqualTo("USD");
    }

    @Test
    void theBalanceFallsByWhatWasBilled() throws Exception {
        var before = data(get("/api/v3/balance")).path("balance").decimalValue();
        post("/api/v3/wavespeed-ai/imagen4", "{\"prompt\": \"a cat\", \"num_images\": 2}");
        post("/api/v3/wavespeed-ai/imagen4", "{\"prompt\": \"a cat [fail]\"}");

        var after = data(get("/api/v3/balance")).path("balance").decimalValue();

        assertThat(before.subtract(after)).isEqualByComparingTo("0.08");
    }

    private static String question(String model, String inputs) throws IOException {
        var question = JSON.createObjectNode().put("model_id", model);
        question.set("inputs", JSON.readTree(inputs));
        return question.toString();
    }

    private static JsonNode data(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var envelope = JSON.readTree(answer.body());
        assertThat(envelope.path("code").asInt()).isEqualTo(200);
        assertThat(envelope.path("message").asText()).isEqualTo("success");
        return envelope.path("data");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.address() + path)).header("Authorization", "Bearer key");
    }
}
