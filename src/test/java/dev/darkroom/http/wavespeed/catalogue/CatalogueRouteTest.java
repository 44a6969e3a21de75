package dev.darkroom.http.wavespeed.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints are found under every form of their paths, and answer HEAD and OPTIONS like all others. */
class CatalogueRouteTest {

    private static final String QUESTION = "{\"model_id\": \"wavespeed-ai/imagen4\"}";

    private final FuzzedGateway gateway = new FuzzedGateway();

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v3/models",
        "GET, //api/v3/models",
        "GET, /prod/api/v3/models/",
        "POST, /api/v3/model/price",
        "POST, //api/v3//model/price",
        "POST, /api/v3/model/pricing/",
        "GET, //api/v3/balance"
    })
    void aPathWithASlashTooManyIsTheSame(String method, String path) {
        assertThat(CatalogueAnswers.data(CatalogueAnswers.byDefault(gateway, method, path, QUESTION)))
                .isNotEmpty();
    }

    /** The greedy route of models also matches these paths. */
    @ParameterizedTest
    @ValueSource(strings = {"model/price", "/model/pricing"})
    void aQuestionAboutAPriceIsNotASubmission(String model) {
        var answer = gateway.submit.handleRequest(Requests.submission(model, QUESTION), new FakeContext(10_000));

        assertThat(CatalogueAnswers.data(answer).path("model_id").asText()).isEqualTo("wavespeed-ai/imagen4");
        gateway.checkNothingHappened();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, models, 'GET, HEAD, OPTIONS'",
        "POST, balance, 'GET, HEAD, OPTIONS'",
        "GET, model/price, 'POST, OPTIONS'",
        "HEAD, model/pricing, 'POST, OPTIONS'"
    })
    void anotherMethodIsRefused(String method, String path, String allowed) {
        var answer = CatalogueAnswers.byDefault(gateway, method, "/api/v3/" + path, QUESTION);

        assertThat(answer.path("statusCode").intValue()).isEqualTo(405);
        assertThat(answer.at("/headers/allow").asText()).isEqualTo(allowed);
    }

    @Test
    void aPostToTheModelsIsNotASubmission() {
        var answer = gateway.submit.handleRequest(Requests.submission("models", QUESTION), new FakeContext(10_000));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v3/models", "/api/v3/balance"})
    void headHasTheHeadersOfGetAndNoBody(String path) {
        var head = CatalogueAnswers.byDefault(gateway, "HEAD", path, "");

        assertThat(head.path("statusCode").intValue()).isEqualTo(200);
        assertThat(head.path("headers"))
                .isEqualTo(CatalogueAnswers.get(gateway, path).path("headers"));
        assertThat(head.has("body")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "models, 'GET, HEAD, OPTIONS'",
        "balance, 'GET, HEAD, OPTIONS'",
        "model/price, 'POST, OPTIONS'",
        "model/pricing, 'POST, OPTIONS'"
    })
    void optionsNamesTheMethods(String path, String methods) {
        var answer = CatalogueAnswers.byDefault(gateway, "OPTIONS", "/api/v3/" + path, "");

        assertThat(answer.path("statusCode").intValue()).isEqualTo(204);
        assertThat(answer.at("/headers/allow").asText()).isEqualTo(methods);
        assertThat(gateway.core.provider.balanceReads()).isZero();
    }
}
