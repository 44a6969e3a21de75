package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.application.Authorize;
import dev.darkroom.domain.ApiKey;
import dev.darkroom.domain.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * The Lambda authorizer of the HTTP API (payload 2.0, simple response). When the table does not answer it throws, which
 * API Gateway answers with a 500 and does not remember.
 */
@Named("authorize")
@ApplicationScoped
public class AuthorizeHandler implements RequestHandler<JsonNode, JsonNode> {

    private static final Logger LOG = Logger.getLogger(AuthorizeHandler.class);
    private static final Pattern BEARER = Pattern.compile("bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

    private final Authorize authorize;

    AuthorizeHandler(Authorize authorize) {
        this.authorize = authorize;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        if (!"REQUEST".equals(event.path("type").asText())) {
            // A browser's preflight that is none: it has no authorizer, and there is nothing for it here.
            return Json.object().put("statusCode", 404);
        }
        MDC.put("requestId", context.getAwsRequestId());
        try {
            var owner = key(new ApiGatewayRequest(event)).flatMap(authorize::ownerOf);
            if (owner.isEmpty()) {
                LOG.info("caller-refused");
            }
            return answer(owner);
        } finally {
            MDC.clear();
        }
    }

    /** Sent twice with one value it is one key. Two keys are refused: which of them was meant? */
    private static Optional<ApiKey> key(ApiGatewayRequest request) {
        var values = request.headerValues("authorization");
        return values.size() == 1 ? key(values.getFirst()) : Optional.empty();
    }

    private static Optional<ApiKey> key(String authorization) {
        var bearer = BEARER.matcher(authorization);
        return bearer.matches() ? ApiKey.parse(bearer.group(1)) : Optional.empty();
    }

    private static JsonNode answer(Optional<Owner> owner) {
        var answer = Json.object().put("isAuthorized", owner.isPresent());
        owner.ifPresent(name -> answer.putObject("context").put(ApiGatewayRequest.OWNER, name.value()));
        return answer;
    }
}
