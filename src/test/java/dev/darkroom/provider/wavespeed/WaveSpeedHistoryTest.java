package dev.darkroom.provider.wavespeed;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.ImageProvider.Search;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SearchWindow;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider's history, as its documentation shows it (https://wavespeed.ai/docs/docs-common-api/predictions). */
class WaveSpeedHistoryTest {

    private static final GenerationId ROW = new GenerationId("0123456789abcdef0123456789abcdef");
    private static final String HISTORY = "/api/v3/predictions";
    private static final String INPUT = "{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\",\"num_images\":1}";

    /** Listings are cached for seconds, so each test searches minutes of its own. */
    private static final AtomicInteger HOURS = new AtomicInteger();

    private final Instant sentAt = Instant.parse("2026-01-01T12:00:30Z").plusSeconds(3600L * HOURS.incrementAndGet());

    private static final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    private final WaveSpeedImageProvider provider = ProviderAt.provider(server.baseUrl());

    @BeforeAll
    static void start() {
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void forgetEarlierTests() {
        server.resetAll();
    }

    @ParameterizedTest
    @CsvSource({
        "NARROW, 2026-11-23T12:00:20Z, 2026-11-23T12:01:00Z",
        "WIDE,  2026-11-23T11:59:00Z, 2026-11-23T12:03:00Z"
    })
    void theTimeAroundTheCallIsListed(SearchWindow window, String from, String to) {
        answer(200, page());

        provider.search(new Search(ROW, "wavespeed-ai/imagen4", INPUT, Instant.parse("2026-11-23T12:00:33Z"), window));

        server.verify(postRequestedFor(urlEqualTo(HISTORY))
                .withHeader("Authorization", equalTo("Bearer the-provider-key"))
                .withRequestBody(matchingJsonPath("$.model", equalTo("wavespeed-ai/imagen4")))
                .withRequestBody(matchingJsonPath("$.created_after", equalTo(from)))
                .withRequestBody(matchingJsonPath("$.created_before", equalTo(to))));
    }

    @Test
    void theNearestInTimeIsTheLikeliest() {
        answer(200, page(item("far", 30, INPUT), item("near", 1, INPUT), item("nearer", 0, INPUT)));

        assertThat(found()).containsExactly(id("nearer"), id("near"), id("far"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\",\"num_images\":1}",
                "{\"num_images\":1.0,\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\"}",
                "{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\",\"num_images\":1,\"seed\":417,\"negative_prompt\":\"\"}",
                "{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\",\"num_images\":1,\"enable_base64_output\":false}"
            })
    void theInputIsComparedFieldByField(String theirs) {
        answer(200, page(item("p", 0, theirs)));

        assertThat(found()).containsExactly(id("p"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\":\"a dog\",\"aspect_ratio\":\"1:1\",\"num_images\":1}",
                "{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\",\"num_images\":2}",
                "{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\"}",
                "{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\",\"num_images\":1,\"negative_prompt\":\"dogs\"}",
                "null",
                "\"a cat\""
            })
    void anotherInputIsNotOurs(String theirs) {
        answer(200, page(item("p", 0, theirs)));

        assertThat(found()).isEmpty();
    }

    @Test
    void anEntryWithoutItsInputIsNotAdopted() {
        answer(200, page("{\"id\": \"p\", \"created_at\": \"%s\"}".formatted(sentAt)));

        assertThat(found()).isEmpty();
    }

    @Test
    void allPagesAreRead() {
        server.stubFor(post(urlEqualTo(HISTORY))
                .withRequestBody(matchingJsonPath("$.page", equalTo("1")))
                .willReturn(aResponse()
                        .withBody(page(IntStream.range(0, 100)
                                .mapToObj(i -> item("p" + i, 20, "{}"))
                                .toArray(String[]::new)))));
        server.stubFor(post(urlEqualTo(HISTORY))
                .withRequestBody(matchingJsonPath("$.page", equalTo("2")))
                .willReturn(aResponse().withBody(page(item("last", 0, INPUT)))));

        assertThat(found()).containsExactly(id("last"));
    }

    @Test
    void manyRowsShareAListing() {
        answer(200, page(item("p", 0, INPUT)));

        found();
        found();

        server.verify(1, postRequestedFor(urlEqualTo(HISTORY)));
    }

    @ParameterizedTest
    @CsvSource({
        "500, {}, Unclear",
        "429, {}, Unavailable",
        "503, {}, Unavailable",
        "200, {}, Unclear",
        "200, '{\"data\": {}}', Unclear",
        "200, '{\"data\": null}', Unclear",
        "200, '{\"data\": {\"items\": \"none\"}}', Unclear",
        "200, no JSON, Unclear",
        "200, '{\"code\": 500}', Unclear",
        "200, '{\"code\": 429}', Unavailable",
        "401, {}, Unclear"
    })
    void anAnswerThatIsNotAListingIsUnclearOrUnavailable(int status, String body, String outcome) {
        answer(status, body);

        assertThat(search().getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void aListThatIsNullHasNoEntries() {
        answer(200, "{\"code\": 200, \"data\": {\"page\": 1, \"items\": null}}");

        assertThat(search()).isEqualTo(new SearchOutcome.Found(List.of(), true, 0));
    }

    private SearchOutcome search() {
        return provider.search(new Search(ROW, "wavespeed-ai/imagen4", INPUT, sentAt, SearchWindow.NARROW));
    }

    private List<PredictionId> found() {
        assertThat(search()).isInstanceOf(SearchOutcome.Found.class);
        return ((SearchOutcome.Found) search()).candidates();
    }

    private void answer(int status, String body) {
        server.stubFor(post(urlEqualTo(HISTORY))
                .willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private String item(String id, int secondsLater, String input) {
        return "{\"id\": \"%s\", \"created_at\": \"%s\", \"status\": \"completed\", \"input\": %s}"
                .formatted(id, sentAt.plusSeconds(secondsLater).plusNanos(268_264), input);
    }

    private static String page(String... items) {
        return "{\"code\": 200, \"message\": \"success\", \"data\": {\"page\": 1, \"items\": [%s], \"total\": %d}}"
                .formatted(Stream.of(items).collect(Collectors.joining(",")), items.length);
    }

    private static PredictionId id(String value) {
        return new PredictionId(value);
    }
}
