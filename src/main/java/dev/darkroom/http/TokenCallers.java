package dev.darkroom.http;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Caller;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Callers with a token. API Gateway verifies the token and puts its claims into the context of the request, where no
 * caller can write. Headers are never read.
 *
 * @param claim names the owner; empty where no token is accepted
 */
public record TokenCallers(Optional<String> claim) {

    private static final int DIGITS = 16;

    /** The caller of a request with a token; empty when the token names no owner. */
    Optional<Caller> of(ApiGatewayRequest request) {
        return claim.map(name -> request.event()
                        .path("requestContext")
                        .path("authorizer")
                        .path("jwt")
                        .path("claims")
                        .path(name)
                        .asText(""))
                .flatMap(Owner::parse)
                .map(owner -> new Caller(owner, idOf(owner)));
    }

    /** All tokens of an owner count as one key, which is not stored and so has neither a budget nor a role. */
    private static ApiKeyId idOf(Owner owner) {
        var digest = Sha256.digest().digest(("token of " + owner).getBytes(StandardCharsets.UTF_8));
        return new ApiKeyId(HexFormat.of().formatHex(digest).substring(0, DIGITS));
    }
}
