package dev.darkroom.http.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.http.CheckedResponse;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.Requests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code GET /api/v3/predictions/{id}/events}. */
class EventsTest {

    private final FuzzedGateway gateway = new FuzzedGateway();

    private String submittedAfter(Duration coldStart) {
        ObjectNode event = Requests.valid();
        event.withObject("/requestContext")
                .put("timeEpoch", gateway.core.clock.instant().minus(coldStart).toEpochMilli());
        gateway.core.provider.beforeAnswering(() -> gateway.core.clock.advance(Duration.ofMillis(700)));
        var id = CheckedResponse.of(gateway.submit.handleRequest(event, new FakeContext(10_000)))
                .body()
                .at("/data/id")
                .asText();
        gateway.core.provider.beforeAnswering(() -> {});
        return id;
    }

    private CheckedResponse events(JsonNode event) {
        return CheckedResponse.of(gateway.get.handleRequest(event, new FakeContext(10_000)));
    }

    @Test
    void theyTellWhereTheSecondsWere() {
        var id = submittedAfter(Duration.ofMillis(1_800));
        gateway.core.clock.advance(Duration.ofMillis(6_500));
        gateway.core.store.all().forEach(gateway.core.advance::advance);

        var answer = events(Requests.events(id));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).hasToString("""
                {"code":200,"message":"success","data":{"id":"%s","status":"completed",\
                "created_at":"2026-01-01T12:00:00.000Z","timings":{"inference":1234},"events":[\
                {"event":"received","at":"2026-01-01T11:59:58.200Z","after":0},\
                {"event":"claimed","at":"2026-01-01T12:00:00.000Z","after":1800},\
                {"event":"submitted","at":"2026-01-01T12:00:00.700Z","after":700},\
                {"event":"completed","at":"2026-01-01T12:00:07.200Z","after":6500}],"dropped":0,\
                "cost":{"currency":"USD","amount":0.04,"state":"charged"}}}""".formatted(id));
    }

    @Test
    void thoseOfARequestInTheQueueSayThatItWaits() {
        gateway.storeQueued();

        var data = events(Requests.events("%032x".formatted(1))).body().path("data");

        assertThat(data.path("status").asText()).isEqualTo("created");
        assertThat(data.path("events").findValuesAsText("event")).containsExactly("claimed", "refused");
    }

    @Test
    void thoseOfAnotherOwnerAreAnsweredLikeThoseThatDoNotExist() {
        var id = submittedAfter(Duration.ZERO);

        var others = events(Requests.ofAnotherOwner(Requests.events(id)));

        assertThat(others.status()).isEqualTo(404);
        assertThat(others).isEqualTo(events(Requests.events("f".repeat(32))));
    }

    @Test
    void anInvalidIdIsA400() {
        assertThat(events(Requests.events("abc")).body().path("error_code").asText())
                .isEqualTo("invalid_id");
    }

    @Test
    void aPathWithASlashTooManyIsReadAsWell() {
        var id = submittedAfter(Duration.ZERO);
        var event = Requests.unrouted("GET", "//api/v3/predictions/%s/events".formatted(id));

        var answer = CheckedResponse.of(gateway.submit.handleRequest(event, new FakeContext(10_000)));

        assertThat(answer.body().at("/data/events")).isNotEmpty();
    }
}
