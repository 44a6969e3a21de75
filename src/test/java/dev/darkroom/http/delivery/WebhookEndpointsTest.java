package dev.darkroom.http.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.FakeReceivers;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.webhook.EndpointId;
import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.core.webhook.WebhookTarget;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import dev.darkroom.http.TestCallers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of webhooks, on the real core. */
class WebhookEndpointsTest {

    private static final String ENDPOINTS = "/v1/webhook_endpoints";
    private static final String GOOD = "{\"url\": \"https://receiver.example/hook\"}";

    private final CoreFixture core = new CoreFixture();
    private final FuzzedGateway gateway = new FuzzedGateway(core, new CallbackUrl(Optional.empty()));

    private record Answer(int status, JsonNode body) {}

    private Answer ask(String owner, String route, String id, String query, String body)
            throws JsonProcessingException {
        var path = route.split(" ", 2)[1].replace("{id}", id);
        var event = TestCallers.as(owner, LambdaEvents.http(route, path)).put("body", body);
        event.putObject("pathParameters").put("id", id);
        event.put("rawQueryString", query);
        var parameters = event.putObject("queryStringParameters");
        if (!query.isEmpty()) {
            var pair = query.split("=", 2);
            parameters.put(pair[0], pair[1]);
        }
        var answer = gateway.manage.handleRequest(event, new FakeContext(10_000));
        var text = answer.path("body").asText();
        return new Answer(answer.path("statusCode").asInt(), text.isEmpty() ? answer : new JsonMapper().readTree(text));
    }

    private Answer ask(String route, String id) throws JsonProcessingException {
        return ask(TestCallers.ACME, route, id, "", "");
    }

    private Answer created(String body) throws JsonProcessingException {
        return ask(TestCallers.ACME, "POST " + ENDPOINTS, "", "", body);
    }

    private Generation ended(WebhookTarget target) {
        var request = new GenerationRequest(
                        new ModelId(CoreFixture.MODEL), CoreFixture.PROVIDER, "{\"prompt\":\"a cat\"}")
                .sentWith(TestCallers.keyOf(TestCallers.ACME).digest().id());
        var row = Generation.queued(
                        new GenerationId(core.unique()), CoreFixture.OWNER, request, core.clock.instant(), 1)
                .owing(List.of(new DeliverWebhook(target)))
                .failed(Failure.NEVER_SUBMITTED, core.clock.instant());
        core.store.create(row);
        return row;
    }

    private static WebhookTarget to(String endpoint) {
        return new WebhookTarget(
                WebhookForm.STANDARD, WebhookTarget.ALL, new WebhookTarget.Endpoint(new EndpointId(endpoint)));
    }

    @Test
    void anEndpointIsListedDisabledEnabledRotatedAndDeletedByItsKeyOnly() throws JsonProcessingException {
        var created = created(GOOD);
        var id = created.body().path("id").asText();

        assertThat(created.body().path("secret").asText()).startsWith("whsec_");
        assertThat(ask("GET " + ENDPOINTS, "").body().path("data"))
                .singleElement()
                .satisfies(listed -> assertThat(listed.has("secret")).isFalse());
        assertThat(ask("POST " + ENDPOINTS + "/{id}/disable", id)
                        .body()
                        .path("enabled")
                        .asBoolean(true))
                .isFalse();
        assertThat(ask("POST " + ENDPOINTS + "/{id}/enable", id)
                        .body()
                        .path("enabled")
                        .asBoolean())
                .isTrue();
        assertThat(ask("POST " + ENDPOINTS + "/{id}/rotate_secret", id)
                        .body()
                        .path("secret")
                        .asText())
                .startsWith("whsec_")
                .isNotEqualTo(created.body().path("secret").asText());
        assertThat(ask(TestCallers.ANOTHER, "GET " + ENDPOINTS + "/{id}", id, "", "")
                        .status())
                .isEqualTo(404);
        assertThat(ask(TestCallers.ANOTHER, "DELETE " + ENDPOINTS + "/{id}", id, "", "")
                        .status())
                .isEqualTo(404);
        assertThat(ask("DELETE " + ENDPOINTS + "/{id}", id).status()).isEqualTo(204);
        assertThat(ask("GET " + ENDPOINTS + "/{id}", id).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"url\": \"https://10.0.0.1/\"}",
                "{\"url\": 7}",
                "{\"url\": \"https://receiver.example/\", \"events\": []}",
                "{\"url\": \"https://receiver.example/\", \"events\": [\"started\"]}",
                "{\"url\": \"https://receiver.example/\", \"secret\": \"mine\"}"
            })
    void aBadEndpointIsRefusedAndNotStored(String body) throws JsonProcessingException {
        assertThat(created(body).status()).isEqualTo(400);
        assertThat(ask("GET " + ENDPOINTS, "").body().path("data")).isEmpty();
    }

    @Test
    void aKeyHasFiveEndpointsAtMost() throws JsonProcessingException {
        for (int i = 0; i < 5; i++) {
            assertThat(created(GOOD).status()).isEqualTo(200);
        }

        assertThat(created(GOOD).status()).isEqualTo(409);
        assertThat(ask("GET " + ENDPOINTS, "").body().path("data")).hasSize(5);
    }

    /** Giving up takes three days, so a search of one day would find nothing. */
    @Test
    void whatWasGivenUpIsDeliveredAgainWithoutATime() throws JsonProcessingException {
        core.receivers.answer(_ -> FakeReceivers.answered(500));
        var id = created(GOOD).body().path("id").asText();
        var row = ended(to(id));
        while (!core.row(row).followUps().isEmpty()) {
            core.clock.advance(Duration.ofHours(1));
            core.advance.advance(core.row(row));
        }

        var again = ask("POST " + ENDPOINTS + "/{id}/redeliver", id);

        assertThat(again.body().path("data")).hasSize(1);
        assertThat(core.row(row).pendingWebhooks()).containsExactly(to(id));
    }

    @ParameterizedTest
    @CsvSource({
        "since=-1000000000-01-01T00:00:00Z",
        "until=+300000000-01-01T00:00:00Z",
        "since=yesterday",
        "sicne=2026-01-01T00:00:00Z"
    })
    void aBadTimeIsNamed(String query) throws JsonProcessingException {
        var id = created(GOOD).body().path("id").asText();

        var answer = ask(TestCallers.ACME, "GET " + ENDPOINTS + "/{id}/deliveries", id, query, "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().toString()).contains(query.split("=", 2)[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliverey=msg_1", "delivery=msg_1"})
    void aDeliveryThatIsNotThereIsNotTakenForAll(String query) throws JsonProcessingException {
        var row = ended(to(created(GOOD).body().path("id").asText()));
        core.advance.advance(row);

        var answer = ask(
                TestCallers.ACME,
                "POST /v1/generations/{id}/redeliver",
                row.id().value(),
                query,
                "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(core.row(row).pendingWebhooks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/generations/{id}/deliveries", "POST /v1/generations/{id}/redeliver"})
    void theGenerationOfAnotherOwnerIsNotThere(String route) throws JsonProcessingException {
        var row = ended(to(created(GOOD).body().path("id").asText()));

        assertThat(ask(TestCallers.ANOTHER, route, row.id().value(), "", "").status())
                .isEqualTo(404);
    }
}
