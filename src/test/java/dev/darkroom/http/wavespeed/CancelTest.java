package dev.darkroom.http.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.Status;
import dev.darkroom.http.CheckedResponse;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/v3/predictions/{id}/cancel}. */
class CancelTest {

    private static final String ID = "%032x".formatted(1);

    private final FuzzedGateway gateway = new FuzzedGateway();

    @Test
    void aQueuedRequestIsShownAsFailedAndFree() {
        gateway.storeQueued();

        var answer = cancel(Requests.cancellation(ID));

        assertThat(answer.status()).isEqualTo(200);
        var data = answer.body().path("data");
        assertThat(data.path("status").asText()).isEqualTo("failed");
        assertThat(data.path("error_code").asText()).isEqualTo("cancelled");
        assertThat(data.path("error").asText())
                .isEqualTo("the request was cancelled before it was submitted; nothing was billed");
        assertThat(data.path("outputs")).isEmpty();
        assertThat(data.has("queue")).isFalse();
    }

    @Test
    void theResultIsTheSameAsTheAnswerAndSoIsASecondAnswer() {
        gateway.storeQueued();

        var first = cancel(Requests.cancellation(ID));

        assertThat(cancel(Requests.cancellation(ID))).isEqualTo(first);
        assertThat(CheckedResponse.of(gateway.get.handleRequest(Requests.result(ID), new FakeContext(10_000))))
                .isEqualTo(first);
    }

    @Test
    void aRequestThatTheProviderHasIsA409ThatSaysThatItIsPaidFor() {
        gateway.storeOne();

        var answer = cancel(Requests.cancellation(ID));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("error_code").asText()).isEqualTo("already_submitted");
        assertThat(answer.body().path("message").asText())
                .isEqualTo("The generation was accepted by the provider and will be paid for: read its result.");
    }

    @Test
    void aRequestWhoseOutcomeIsUnknownIsA409ThatSaysThatItMayBePaidFor() {
        gateway.storeUnconfirmed();

        var answer = cancel(Requests.cancellation(ID));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("message").asText()).contains("may have been paid for");
    }

    @Test
    void theRequestOfAnotherOwnerIsAnsweredLikeOneThatDoesNotExist() {
        gateway.storeQueued();

        var others = cancel(Requests.ofAnotherOwner(Requests.cancellation(ID)));

        assertThat(others.status()).isEqualTo(404);
        assertThat(others).isEqualTo(cancel(Requests.cancellation("f".repeat(32))));
        assertThat(gateway.core.store.all())
                .allSatisfy(row -> assertThat(row.state().status()).isEqualTo(Status.QUEUED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "lease#0", "0123456789ABCDEF0123456789ABCDEF"})
    void anInvalidIdIsA400(String id) {
        assertThat(cancel(Requests.cancellation(id)).body().path("error_code").asText())
                .isEqualTo("invalid_id");
    }

    @Test
    void aQueryIsRefusedAndNothingIsCancelled() {
        gateway.storeQueued();

        var answer = cancel(Requests.cancellation(ID).put("rawQueryString", "force=true"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("message").asText()).isEqualTo("force is not a query parameter: leave it out");
        assertThat(gateway.core.store.all())
                .allSatisfy(row -> assertThat(row.state().status()).isEqualTo(Status.QUEUED));
    }

    @Test
    void theBodyDoesNotMatter() {
        gateway.storeQueued();

        assertThat(cancel(Requests.cancellation(ID).put("body", "\u0000 {")).status())
                .isEqualTo(200);
    }

    @Test
    void aPathWithASlashTooManyCancelsAsWell() {
        gateway.storeQueued();
        var event = Requests.unrouted("POST", "//api/v3/predictions/" + ID + "/cancel");

        var answer = CheckedResponse.of(gateway.submit.handleRequest(event, new FakeContext(10_000)));

        assertThat(answer.body().at("/data/error_code").asText()).isEqualTo("cancelled");
    }

    /** The function that only reads cannot cancel, and says where to send the request. */
    @Test
    void theFunctionThatReadsNamesThePath() {
        gateway.storeQueued();
        var event = Requests.unrouted("POST", "/api/v3/predictions//" + ID + "/cancel");

        var answer = CheckedResponse.of(gateway.get.handleRequest(event, new FakeContext(10_000)));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("message").asText()).contains("POST /api/v3/predictions/{id}/cancel");
    }

    @Test
    void aTableThatDoesNotAnswerIsA503() {
        gateway.storeQueued();
        gateway.core.store.setUnavailable(true);

        assertThat(cancel(Requests.cancellation(ID)).status()).isEqualTo(503);
    }

    private CheckedResponse cancel(JsonNode event) {
        return CheckedResponse.of(gateway.manage.handleRequest(event, new FakeContext(10_000)));
    }
}
