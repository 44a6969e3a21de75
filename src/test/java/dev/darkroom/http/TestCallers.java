package dev.darkroom.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.InMemoryApiKeys;
import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Callers of the gateway, each with an API key that follows from its owner's name. */
public final class TestCallers {

    /** The owner of a request, unless a test says something else. */
    public static final String ACME = "acme";

    public static final String ANOTHER = "another";

    /** The claim of a token that names its owner. */
    static final String CLAIM = "client_id";

    private TestCallers() {}

    public static ApiKey keyOf(String owner) {
        return ApiKey.of(Sha256.digest().digest(owner.getBytes(StandardCharsets.UTF_8)));
    }

    /** A store that has the keys of both owners. */
    public static InMemoryApiKeys keys() {
        var keys = new InMemoryApiKeys();
        List.of(ACME, ANOTHER)
                .forEach(owner ->
                        keys.add(new ApiKeyRecord(keyOf(owner).digest(), new Owner(owner), Instant.EPOCH, false)));
        return keys;
    }

    /** The request with the key of this owner. */
    public static ObjectNode as(String owner, ObjectNode event) {
        event.withObject("/headers")
                .put("authorization", "Bearer " + keyOf(owner).value());
        return event;
    }

    /** The request as API Gateway passes it on when its token has this claim. */
    static ObjectNode withToken(ObjectNode event, String claim, String value) {
        event.put("routeKey", event.path("routeKey").asText().replaceFirst(" /", " /jwt/"));
        event.put("rawPath", "/jwt" + event.path("rawPath").asText());
        event.withObject("/headers").put("authorization", "Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln");
        event.withObject("/requestContext/authorizer/jwt/claims").put(claim, value);
        return event;
    }

    /** The request without a key. */
    public static ObjectNode withoutKey(ObjectNode event) {
        event.withObject("/headers").remove("authorization");
        return event;
    }
}
