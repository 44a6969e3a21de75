package dev.darkroom.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.local.declared.AuthorizerSpec;
import dev.darkroom.local.functions.InvokableFunction;
import dev.darkroom.local.functions.Sender;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Lambda authorizer with simple responses, invoked and cached as by API Gateway.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html">HTTP APIs</a>
 */
public final class Authorizer {

    private static final JsonMapper JSON = new JsonMapper();

    /** The decision about a request. */
    sealed interface Decision {}

    /** {@code context} is the context that the function returns about the caller. */
    record Allowed(JsonNode context) implements Decision {}

    record Refused(int status, String message) implements Decision {

        static final Refused UNAUTHORIZED = new Refused(401, "Unauthorized");
        static final Refused FORBIDDEN = new Refused(403, "Forbidden");
        static final Refused FAILED = new Refused(500, "Internal Server Error");
    }

    private record Remembered(Decision decision, Instant until) {}

    private final AuthorizerSpec spec;
    private final InvokableFunction function;
    private final InstantSource clock;
    private final Map<String, Remembered> decisions = new ConcurrentHashMap<>();

    public Authorizer(AuthorizerSpec spec, InvokableFunction function, InstantSource clock) {
        this.spec = spec;
        this.function = function;
        this.clock = clock;
    }

    Decision decide(GatewayRequest request) throws IOException {
        var identity = request.header(spec.header()).filter(value -> !value.isBlank());
        if (identity.isEmpty()) {
            return Refused.UNAUTHORIZED;
        }
        var remembered = decisions.get(identity.get());
        if (remembered != null && clock.instant().isBefore(remembered.until())) {
            return remembered.decision();
        }
        var decision = ask(request.authorizerEvent(identity.get()), request.authorizerSender());
        if (!decision.equals(Refused.FAILED)) {
            decisions.put(
                    identity.get(), new Remembered(decision, clock.instant().plus(spec.timeToLive())));
        }
        return decision;
    }

    private Decision ask(String event, Sender sender) throws IOException {
        try {
            var answer = JSON.readTree(function.invoke(event, sender).join());
            if (!answer.path("isAuthorized").isBoolean()) {
                return Refused.FAILED;
            }
            return answer.path("isAuthorized").booleanValue() ? new Allowed(answer.path("context")) : Refused.FORBIDDEN;
        } catch (CompletionException | JsonProcessingException _) {
            return Refused.FAILED;
        }
    }
}
