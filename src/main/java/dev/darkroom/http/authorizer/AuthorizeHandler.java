package dev.darkroom.http.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.AuthenticateApiKey;
import dev.darkroom.core.account.Owner;
import dev.darkroom.http.ApiGatewayRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * The Lambda authorizer of the HTTP API (payload 2.0, simple response). When the table does not answer, the handler
 * throws; API Gateway then answers 500 and does not cache the decision.
 */
@Named("authorize")
@ApplicationScoped
public class AuthorizeHandler implements RequestHandler<JsonNode, JsonNode> {

    private static final Logger LOG = Logger.getLogger(AuthorizeHandler.class);
    private static final Pattern BEARER = Pattern.compile("bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

    private final AuthenticateApiKey authenticate;

    public AuthorizeHandler(AuthenticateApiKey authenticate) {
        this.authenticate = authenticate;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        if (!"REQUEST".equals(event.path("type").asText())) {
            return answerToNoAuthorizerEvent(event);
        }
        MDC.put("requestId", context.getAwsRequestId());
        try {
            var owner = key(new ApiGatewayRequest(event)).flatMap(authenticate::ownerOf);
            if (owner.isEmpty()) {
                LOG.info("authentication-failed");
            }
            return answer(owner);
        } finally {
            MDC.clear();
        }
    }

    /**
     * An OPTIONS request that API Gateway did not answer as a preflight comes here, because its route has no
     * authorizer. It learns the methods of the API, whatever its path.
     */
    private static JsonNode answerToNoAuthorizerEvent(JsonNode event) {
        var answer = JsonNodeFactory.instance.objectNode();
        if (event.path("routeKey").asText().startsWith("OPTIONS ")) {
            answer.put("statusCode", 204).putObject("headers").put("allow", "GET, HEAD, POST, OPTIONS");
            return answer;
        }
        return answer.put("statusCode", 404);
    }

    /** The same value sent twice is one key. Two keys are refused, because it is unclear which one is meant. */
    private static Optional<ApiKey> key(ApiGatewayRequest request) {
        var values = request.headerValues("authorization");
        return values.size() == 1 ? key(values.getFirst()) : Optional.empty();
    }

    private static Optional<ApiKey> key(String authorization) {
        var bearer = BEARER.matcher(authorization);
        return bearer.matches() ? ApiKey.parse(bearer.group(1)) : Optional.empty();
    }

    private static JsonNode answer(Optional<Owner> owner) {
        var answer = JsonNodeFactory.instance.objectNode().put("isAuthorized", owner.isPresent());
        owner.ifPresent(name -> answer.putObject("context").put(ApiGatewayRequest.OWNER, name.value()));
        return answer;
    }
}
