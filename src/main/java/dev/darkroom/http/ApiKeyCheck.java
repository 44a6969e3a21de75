package dev.darkroom.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.AuthenticateApiKey;
import dev.darkroom.core.account.Authentication;
import dev.darkroom.core.account.Caller;
import dev.darkroom.core.account.KeyRole;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Lets only requests with a valid API key reach their endpoints: {@code Authorization: Bearer drk_…}. On the routes for
 * tokens API Gateway has checked the request.
 */
@Singleton
public class ApiKeyCheck {

    private static final Logger LOG = Logger.getLogger(ApiKeyCheck.class);
    private static final Pattern BEARER = Pattern.compile("bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

    private final AuthenticateApiKey authenticate;
    private final TokenCallers tokens;

    public ApiKeyCheck(AuthenticateApiKey authenticate, TokenCallers tokens) {
        this.authenticate = authenticate;
        this.tokens = tokens;
    }

    /**
     * The endpoint's answer to the caller whose key the request has, or the refusal as the dialect writes it. Further
     * log lines of the request have the caller's owner and key. Throws when the table does not answer.
     */
    public ObjectNode run(ApiGatewayRequest request, Dialect dialect, Function<Caller, ObjectNode> endpoint) {
        return run(request, dialect, KeyRole.READ, endpoint);
    }

    /** The same for an endpoint that needs this role. */
    public ObjectNode run(
            ApiGatewayRequest request, Dialect dialect, KeyRole needed, Function<Caller, ObjectNode> endpoint) {
        if (request.hasToken()) {
            return tokens.of(request)
                    .map(caller -> accepted(caller, dialect, needed, endpoint))
                    .orElseGet(() -> HttpResponses.error(
                            ApiError.tokenWithoutOwner(tokens.claim().orElse("")), dialect));
        }
        var values = request.headerValues("authorization");
        if (values.isEmpty()) {
            return HttpResponses.error(ApiError.noKey(), dialect);
        }
        return switch (key(values).map(authenticate::authenticate).orElseGet(Authentication.Unknown::new)) {
            case Authentication.Accepted(var caller) -> accepted(caller, dialect, needed, endpoint);
            case Authentication.Disabled(var key) -> {
                MDC.put("keyId", key);
                yield HttpResponses.error(ApiError.keyDisabled(), dialect);
            }
            case Authentication.Expired(var key) -> {
                MDC.put("keyId", key);
                yield HttpResponses.error(ApiError.keyExpired(), dialect);
            }
            case Authentication.Unknown() -> HttpResponses.error(ApiError.invalidKey(), dialect);
        };
    }

    private static ObjectNode accepted(
            Caller caller, Dialect dialect, KeyRole needed, Function<Caller, ObjectNode> endpoint) {
        MDC.put("owner", caller.owner());
        MDC.put("keyId", caller.key());
        LOG.info("caller-authenticated");
        return caller.role().includes(needed)
                ? endpoint.apply(caller)
                : HttpResponses.error(ApiError.roleNotAllowed(needed), dialect);
    }

    /** The same value sent twice is one key. Two keys are refused, because it is unclear which one is meant. */
    private static Optional<ApiKey> key(List<String> values) {
        return values.size() == 1 ? key(values.getFirst()) : Optional.empty();
    }

    private static Optional<ApiKey> key(String authorization) {
        var bearer = BEARER.matcher(authorization);
        return bearer.matches() ? ApiKey.parse(bearer.group(1)) : Optional.empty();
    }
}
