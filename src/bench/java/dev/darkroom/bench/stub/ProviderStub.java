package dev.darkroom.bench.stub;

import dev.darkroom.bench.stub.LoopbackServer.Request;
import dev.darkroom.bench.stub.Stub.Reply;
import java.util.regex.Pattern;

/** The provider, as far as the functions call it: it accepts every submission and has one completed prediction. */
final class ProviderStub {

    /** The id of every prediction that it made. */
    static final String PREDICTION = "b".repeat(32);

    private static final Pattern SUBMIT = Pattern.compile("POST /api/v3/(?!predictions)[^?]+(\\?.*)?");
    private static final Pattern RESULT = Pattern.compile("GET /api/v3/predictions/([^/?]+)(/result)?(\\?.*)?");
    private static final String NOT_FOUND = "{\"code\":404,\"message\":\"prediction not found\",\"data\":null}";
    private static final String OUTPUT = "\"https://images.example/0.png\"";

    private final int submitMillis;
    private final int resultMillis;

    ProviderStub(int submitMillis, int resultMillis) {
        this.submitMillis = submitMillis;
        this.resultMillis = resultMillis;
    }

    Reply reply(Request request) {
        var asked = request.method() + " " + request.path();
        if (SUBMIT.matcher(asked).matches()) {
            return new Reply(submitMillis, 200, prediction(PREDICTION, "created", ""), true);
        }
        var id = predictionId(request);
        // The id that a function reads while it starts does not exist, and no event waits for its answer.
        return id.equals(PREDICTION)
                ? new Reply(resultMillis, 200, prediction(id, "completed", OUTPUT), true)
                : new Reply(resultMillis, 404, NOT_FOUND, false);
    }

    /** The id in a request for a result; throws an {@link IllegalArgumentException} for any other request. */
    static String predictionId(Request request) {
        var asked = request.method() + " " + request.path();
        var result = RESULT.matcher(asked);
        if (!result.matches()) {
            throw new IllegalArgumentException("the provider's stub does not know " + asked);
        }
        return result.group(1);
    }

    /** The answer about a prediction; {@code outputs} is empty or one JSON string. */
    static String prediction(String id, String status, String outputs) {
        return """
                {"code":200,"message":"success","data":{"id":"%s","model":"wavespeed-ai/imagen4","outputs":[%s],\
                "urls":{"get":"https://provider.example/result"},"has_nsfw_contents":[%s],"status":"%s",\
                "created_at":"2026-01-01T00:00:00.000Z","error":"","timings":{"inference":3600}}}""".formatted(id, outputs, outputs.isEmpty() ? "" : "false", status);
    }
}
