package dev.darkroom.provider.wavespeed.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.TestClock;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.httpclient.HttpOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The failure of a submission that the provider rejects, with the provider's own text. */
class RefusalTest {

    private final OutcomeClassifier classifier = new OutcomeClassifier(new TestClock());

    private String code(int status, String body) {
        return submitted(status, body) instanceof SubmitOutcome.Rejected(var failure) ? failure.code() : "none";
    }

    private SubmitOutcome submitted(int status, String body) {
        return classifier.submitted(new HttpOutcome.Answered(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Insufficient credits. Please top up your account to continue.",
                "INSUFFICIENT BALANCE",
                "Not enough credits",
                "Your account balance is too low",
                "account balance is 0",
                "You have run out of credits.",
                "No credits left",
                "Please add credits",
                "You need more credits for this model",
                "credit limit exceeded",
                "Quota exceeded",
                "The quota of this project is used up",
                "billing hard limit has been reached",
                "Billing is not active for this account",
                "Please check your billing details",
                "payment required",
                "Please recharge",
                "Your account is in arrears",
                "Insufficient funds",
                "You cannot afford this"
            })
    void aRefusalAboutMoneyHasACodeOfItsOwn(String message) {
        assertThat(code(400, "{\"code\":400,\"message\":\"%s\"}".formatted(message)))
                .isEqualTo("insufficient_credits");
        assertThat(code(403, "{\"code\":403,\"message\":\"%s\"}".formatted(message)))
                .isEqualTo("insufficient_credits");
        assertThat(code(200, "{\"code\":403,\"message\":\"%s\"}".formatted(message)))
                .isEqualTo("insufficient_credits");
        assertThat(code(402, "{\"code\":402,\"message\":\"%s\"}".formatted(message)))
                .isEqualTo("insufficient_credits");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"code": 400, "message": "refused", "error_code": "INSUFFICIENT_BALANCE"}
            403 | {"code": 403, "error_code": "quota_exceeded"}
            400 | {"error": {"message": "Not enough credits"}}
            400 | {"message": {"detail": "Not enough credits"}}
            402 | <html>
            402 |
            """)
    void aRefusalAboutMoneyIsFoundInAnyField(int status, String body) {
        assertThat(code(status, body == null ? "" : body)).isEqualTo("insufficient_credits");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"message": "aspect_ratio must be one of 1:1, 16:9"}     | provider_rejected
            400 | {"message": "white balance cannot be set"}               | provider_rejected
            400 | {"message": "give credit to the artist"}                 | provider_rejected
            400 | {"message": "the image is unbalanced"}                   | provider_rejected
            400 |                                                          | provider_rejected
            403 | {"message": "forbidden"}                                 | provider_forbidden
            401 | {"message": "no credits"}                                | provider_unauthorized
            404 | {"message": "no such model"}                             | provider_model_not_found
            413 | {"message": "too large"}                                 | provider_rejected
            422 | {"message": "invalid"}                                   | provider_rejected
            """)
    void anyOtherRefusalHasItsOwnCode(int status, String body, String code) {
        assertThat(code(status, body == null ? "" : body)).isEqualTo(code);
    }

    @Test
    void theProvidersSentenceIsKeptWhereverItStands() {
        assertThat(submitted(400, "{\"error\": [{\"detail\": \"the prompt is empty\"}]}"))
                .isInstanceOfSatisfying(
                        SubmitOutcome.Rejected.class,
                        rejected -> assertThat(rejected.failure().text())
                                .isEqualTo("the provider rejected the request: the prompt is empty"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 429, 500})
    void aRefusalThatNamesAPredictionMayHaveMadeOne(int status) {
        assertThat(submitted(status, "{\"code\": %d, \"data\": {\"id\": \"p1\"}}".formatted(status)))
                .isInstanceOf(SubmitOutcome.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 499, 500, 502, 503, 504, 302, 304, 600})
    void anyOtherStatusLeavesTheOutcomeUnknown(int status) {
        assertThat(submitted(status, "")).isInstanceOf(SubmitOutcome.Unknown.class);
    }
}
