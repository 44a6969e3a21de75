package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.KeyAccess;
import dev.darkroom.core.account.KeyRole;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key with the role {@code read} changes nothing, whatever the request looks like. */
class RolesTest {

    private static final ApiKeyId KEY =
            TestCallers.keyOf(TestCallers.ACME).digest().id();
    private static final String BODY = "{\"prompt\": \"a cat\"}";

    private final FuzzedGateway gateway = new FuzzedGateway();

    @BeforeEach
    void onlyRead() {
        gateway.keys.setAccess(KEY, new KeyAccess(KeyRole.READ, Optional.empty()));
    }

    private static Stream<ObjectNode> submissions() {
        return Stream.of(
                Requests.submission(CoreFixture.MODEL, BODY),
                Requests.unrouted("POST", "//api/v3/" + CoreFixture.MODEL).put("body", BODY),
                LambdaEvents.http("POST /v1/images/generations", "/v1/images/generations")
                        .put("body", BODY),
                LambdaEvents.http("POST /v1/images/generations/async", "/v1/images/generations/async")
                        .put("body", BODY));
    }

    @ParameterizedTest
    @MethodSource("submissions")
    void itDoesNotSubmit(ObjectNode submission) {
        var answer = gateway.submit.handleRequest(submission, new FakeContext(10_000));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(403);
        assertThat(answer.path("body").asText()).contains("role_not_allowed");
        gateway.checkNothingHappened();
    }

    @Test
    void itDoesNotCancelAlsoNotAsADryRun() {
        gateway.storeQueued();
        var id = gateway.core.store.all().iterator().next().id();
        var cancellation = Requests.unrouted("POST", "//api/v3/predictions/%s/cancel".formatted(id))
                .put("rawQueryString", "dry_run=true");
        cancellation.putObject("queryStringParameters").put("dry_run", "true");

        assertThat(gateway.submit
                        .handleRequest(cancellation, new FakeContext(10_000))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(403);
        assertThat(gateway.manage
                        .handleRequest(Requests.cancellation(id.value()), new FakeContext(10_000))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(403);
    }

    @Test
    void itDoesNotDelete() {
        var deletion = LambdaEvents.http("POST /api/v3/predictions/delete", "/api/v3/predictions/delete")
                .put("body", "{\"ids\": [\"%s\"]}".formatted("1".repeat(32)));

        assertThat(gateway.manage
                        .handleRequest(deletion, new FakeContext(10_000))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(403);
    }

    @Test
    void itReadsResults() {
        gateway.storeOne();
        var id = gateway.core.store.all().iterator().next().id();

        assertThat(gateway.get
                        .handleRequest(Requests.result(id.value()), new FakeContext(10_000))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(200);
    }

    @Test
    void anExpiredKeyIsRefused() {
        gateway.keys.setAccess(KEY, new KeyAccess(KeyRole.ADMIN, Optional.of(gateway.core.clock.instant())));

        var answer = gateway.submit.handleRequest(Requests.valid(), new FakeContext(10_000));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(403);
        assertThat(answer.path("body").asText()).contains("key_expired");
    }
}
