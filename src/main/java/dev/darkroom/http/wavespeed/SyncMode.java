package dev.darkroom.http.wavespeed;

import com.amazonaws.services.lambda.runtime.Context;
import dev.darkroom.http.AnswerLimit;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ClientPatience;
import dev.darkroom.http.RequestJson;
import dev.darkroom.http.Wait;

/** The provider's sync mode: a parameter of every model that makes the answer wait for the images. */
final class SyncMode {

    private static final String PARAMETER = "enable_sync_mode";

    private SyncMode() {}

    /** Whether a request has the parameter. The models check its value. */
    static boolean isIn(ApiGatewayRequest request, String body) {
        return body.contains(PARAMETER)
                && RequestJson.of(request) instanceof RequestJson.Read(var object)
                && object.path(PARAMETER).booleanValue();
    }

    /**
     * How long the caller waits. One that does not name its client may have one of the provider's that gives up after
     * 10 s and sends the request again, which would be paid for again.
     */
    static Wait longestWait(AnswerLimit limit, ApiGatewayRequest request, Context context) {
        var longest = limit.longest(request, context);
        return ClientPatience.isNamed(request) ? longest : longest.within(AnswerLimit.OF_SHORT_PATIENCE);
    }
}
