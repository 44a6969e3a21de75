package dev.darkroom.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.billing.ProviderBill;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.BillOutcome;
import dev.darkroom.core.provider.BillQuestion;
import dev.darkroom.operator.OperatorCli.OperatorException;
import dev.darkroom.provider.wavespeed.wire.BillPage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The provider now: its models, their prices, and its bill. No call costs anything.
 *
 * @param isSimulated whether the simulator of this machine answers
 */
record LiveCatalogue(URI provider, String key, boolean isSimulated, HttpClient client) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    /** The name that this project's functions read, and the one that the provider's own programs read. */
    private static final List<String> KEYS = List.of("DARKROOM_WAVESPEED_API_KEY", "WAVESPEED_API_KEY");

    private static final String BASE_URL = "DARKROOM_WAVESPEED_BASE_URL";
    private static final String PROVIDER = "https://api.wavespeed.ai";
    private static final ProviderId PROVIDER_ID = new ProviderId("wavespeed");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MICRO = 6;

    LiveCatalogue(URI provider, String key, boolean isSimulated) {
        this(provider, key, isSimulated, HttpClient.newHttpClient());
    }

    /** The real provider if its key is set, else the simulator of the platform that runs on this machine. */
    static LiveCatalogue of(Map<String, String> environment, Supplier<Optional<URI>> simulator) {
        var key = KEYS.stream()
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
        if (key.isPresent()) {
            var address = environment.getOrDefault(BASE_URL, "").strip();
            return new LiveCatalogue(URI.create(address.isEmpty() ? PROVIDER : address), key.get(), false);
        }
        return simulator
                .get()
                .map(address -> new LiveCatalogue(address, "simulated", true))
                .orElseThrow(() -> new OperatorException(
                        "set %s to read the provider's catalogue, or start the simulated provider with make run"
                                .formatted(String.join(" or ", KEYS))));
    }

    /** All models, by id. */
    List<LiveModel> models() {
        return answer("/api/v3/models", Optional.empty())
                .valueStream()
                .map(LiveModel::of)
                .sorted(Comparator.comparing(LiveModel::id))
                .toList();
    }

    /** What an input costs before discounts, in micro-dollars; empty when the provider names no price for it. */
    OptionalLong price(String model, ObjectNode inputs) {
        var question = JSON.createObjectNode().put("model_id", model);
        question.set("inputs", inputs);
        var price =
                answer("/api/v3/model/price", Optional.of(question.toString())).path("price");
        return price.isNumber() ? OptionalLong.of(microDollars(price.decimalValue())) : OptionalLong.empty();
    }

    /** The provider's bill. */
    ProviderBill bill() {
        return new ProviderBill() {
            @Override
            public ProviderId provider() {
                return PROVIDER_ID;
            }

            @Override
            public BillOutcome page(BillQuestion question, int page) {
                var data = answer("/api/v3/billings/search", Optional.of(BillPage.filter(question, page)));
                return BillPage.of(data, page)
                        .<BillOutcome>map(found -> found)
                        .orElseGet(() -> new BillOutcome.Unclear("the answer has no entries"));
            }
        };
    }

    private static long microDollars(BigDecimal dollars) {
        return dollars.movePointRight(MICRO).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** The data of an answer; a missing node when the provider refuses the question. */
    private JsonNode answer(String path, Optional<String> question) {
        var request = HttpRequest.newBuilder(URI.create(provider.toString().replaceAll("/+$", "") + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT);
        question.ifPresent(body -> request.POST(BodyPublishers.ofString(body)));
        var response = send(request.build());
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            throw new OperatorException(
                    "%s does not accept the key in %s".formatted(provider, String.join(" or ", KEYS)));
        }
        if (response.statusCode() >= 500 || (question.isEmpty() && response.statusCode() != 200)) {
            throw new OperatorException("%s%s answered %d".formatted(provider, path, response.statusCode()));
        }
        try {
            return JSON.readTree(response.body()).path("data");
        } catch (JsonProcessingException _) {
            throw new OperatorException("%s%s did not answer in JSON".formatted(provider, path));
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new OperatorException("%s did not answer: %s".formatted(request.uri(), e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperatorException("interrupted");
        }
    }
}
