package dev.darkroom.core.joining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallKeyTest {

    private static final Owner OWNER = new Owner("acme");
    private static final String ROUTE = "/v1/images/generations";

    @Test
    void theSameRequestHasTheSameKeyThoughItsLinksWillDiffer() {
        var request = request("{}", 1, Map.of());

        var key = CallKey.of(OWNER, ROUTE, request);

        assertThat(CallKey.of(OWNER, ROUTE, request.keepingImages(new LinkToken("0".repeat(32)))))
                .isEqualTo(key);
    }

    @Test
    void whatDiffersInAnyPartHasAnotherKey() {
        var keys = Stream.of(
                CallKey.of(OWNER, ROUTE, request("{}", 1, Map.of())),
                CallKey.of(new Owner("acme2"), ROUTE, request("{}", 1, Map.of())),
                CallKey.of(OWNER, ROUTE + "/async", request("{}", 1, Map.of())),
                CallKey.of(OWNER, ROUTE, request("{\"prompt\":\"a\"}", 1, Map.of())),
                CallKey.of(OWNER, ROUTE, request("{}", 2, Map.of())),
                CallKey.of(OWNER, ROUTE, request("{}", 1, Map.of("user", "a"))),
                CallKey.of(OWNER, ROUTE, request("{}", 1, Map.of("use", "ra"))));

        assertThat(keys).doesNotHaveDuplicates();
    }

    private static GenerationRequest request(String input, int copies, Map<String, String> metadata) {
        return new GenerationRequest(
                new ModelId("a/b"), new ProviderId("vendor"), input, copies, new Metadata(metadata));
    }
}
