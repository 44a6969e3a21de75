package dev.darkroom.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class HandlerTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aRequestHasJustArrived() throws JsonProcessingException {
        // Given
        long before = System.currentTimeMillis();

        // When
        var event = JSON.readTree(Handler.SUBMIT.event());

        // Then
        assertThat(event.path("requestContext").path("timeEpoch").longValue())
                .isBetween(before, System.currentTimeMillis());
    }
}
