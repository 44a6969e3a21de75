package dev.darkroom.http.wavespeed.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.http.ArbitraryBody;
import dev.darkroom.http.CheckedResponse;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.Fuzz;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import dev.darkroom.http.LogLeakCheck;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Any question about a price is answered or refused, and has no effect. */
@AddLifecycleHook(LogLeakCheck.class)
class PriceFuzzTest {

    private static final ObjectNode QUESTION = Fuzz.object("""
            {"model_id": "wavespeed-ai/imagen4",
             "inputs": {"prompt": "%s", "aspect_ratio": "16:9", "num_images": 2, "seed": 7}}""".formatted(LogLeakCheck.PROMPT));

    @Property
    void randomBytesAreRefused(@ForAll("bytes") ArbitraryBody body) {
        send(body);
    }

    @Property
    void randomJsonIsRefused(@ForAll("json") ArbitraryBody body) {
        send(body);
    }

    @Property
    void mutatedQuestionsAreRefusedOrAnswered(@ForAll("mutatedQuestions") ArbitraryBody body) {
        send(body);
    }

    private static void send(ArbitraryBody body) {
        var gateway = new FuzzedGateway();
        for (var path : new String[] {"/api/v3/model/price", "/api/v3/model/pricing"}) {
            var event = LambdaEvents.http("POST " + path, path);
            body.in(event);

            var answer = gateway.submit.handleRequest(event, new FakeContext(10_000));

            if (answer.path("statusCode").intValue() == 200) {
                assertThat(CatalogueAnswers.data(answer).path("model_id").isTextual())
                        .isTrue();
            } else {
                CheckedResponse.of(answer).checkNotOurFault();
            }
        }
        gateway.checkNothingHappened();
    }

    @Provide
    Arbitrary<ArbitraryBody> bytes() {
        return Arbitraries.randomValue(ArbitraryBody::ofBytes);
    }

    @Provide
    Arbitrary<ArbitraryBody> json() {
        return Arbitraries.randomValue(ArbitraryBody::ofJson);
    }

    @Provide
    Arbitrary<ArbitraryBody> mutatedQuestions() {
        return Arbitraries.randomValue(random -> ArbitraryBody.like(random, QUESTION));
    }
}
