package dev.darkroom.platform;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.darkroom.errors.GenerationNotFinishedException;
import dev.darkroom.errors.GenerationNotFoundException;
import dev.darkroom.errors.InvalidEventException;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code poll-generations}, called synchronously with an id as a workflow does. */
class InvokeApiIT {

    private static final String UNKNOWN = "0123456789abcdef0123456789abcdef";

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() {
        gateway = RunningPlatform.start(RunningPlatform.options());
        gateway.warmUp();
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @Test
    void aRunningGenerationIsAnErrorByName() {
        var endless = gateway.submitted("[unknown-status for good]");

        failsWith(GenerationNotFinishedException.class, "{\"id\": \"%s\"}".formatted(endless));
    }

    @Test
    void anUnknownIdIsAnErrorByName() {
        failsWith(GenerationNotFoundException.class, "{\"id\": \"%s\"}".formatted(UNKNOWN));
    }

    @Test
    void anEventThatMakesNoSenseIsAnErrorByName() {
        failsWith(InvalidEventException.class, "{\"id\": \"x\"}");
        failsWith(InvalidEventException.class, "{\"shards\": [-1]}");
    }

    @Test
    void aFinishedGenerationIsTheAnswer() {
        var id = gateway.submitted("a cat");
        gateway.completed(id);

        invoke("poll-generations", "{\"id\": \"%s\"}".formatted(id))
                .header("X-Amz-Function-Error", nullValue())
                .body("id", equalTo(id))
                .body("status", equalTo("completed"));
    }

    @Test
    void aFunctionThatDoesNotExistIsNotFound() {
        gateway.invoke("nothing", "{}").then().statusCode(404);
    }

    private static void failsWith(Class<? extends Exception> error, String event) {
        invoke("poll-generations", event)
                .header("X-Amz-Function-Error", equalTo("Unhandled"))
                .body("errorType", equalTo(error.getName()));
    }

    private static ValidatableResponse invoke(String function, String event) {
        return gateway.invoke(function, event).then().statusCode(200);
    }
}
