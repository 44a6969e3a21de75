package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A submission with a query that would be ignored is rejected; a result is read with any query. */
class QueryTest {

    private final FuzzedGateway gateway = new FuzzedGateway();

    @ParameterizedTest
    @CsvSource({
        "webhook=, webhook",
        "webhook, webhook",
        "%77ebhook=x, webhook",
        "webhook=a&webhook=b, webhook",
        "Webhook=x, Webhook",
        "webhook_url=x, webhook_url",
        "prompt=a+cat, prompt",
        "num_images=4, num_images",
        "sync=true, sync",
        "%zz=1, %zz",
        "=1, query",
        "%00a%1b=1, \uFFFDa\uFFFD",
        "a%20b=1, a b"
    })
    void aParameterInTheQueryIsNamed(String query, String field) {
        var answer = submit(query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(fields(answer)).containsExactly(field);
        gateway.checkNothingHappened();
    }

    @Test
    void eachOfThemIsNamed() {
        assertThat(fields(submit("a=1&webhook_url=x&b=2"))).containsExactly("a", "webhook_url", "b");
    }

    @Test
    void noMoreThanTwentyAreNamedAndNoneAtAnyLength() {
        var query =
                IntStream.range(0, 100).mapToObj(i -> i + "x".repeat(80) + "=1").collect(Collectors.joining("&"));

        assertThat(fields(submit(query)))
                .hasSize(20)
                .allSatisfy(name -> assertThat(name).hasSize(65));
    }

    /** API Gateway sends the raw query and the parsed parameters; both must be checked. */
    @Test
    void aParameterThatIsOnlyListedIsNamed() {
        var event = Requests.valid();
        event.putObject("queryStringParameters").put("webhook_url", "https://example.com");

        assertThat(fields(CheckedResponse.of(gateway.submit.handleRequest(event, new FakeContext(10_000)))))
                .containsExactly("webhook_url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "&&"})
    void aQueryWithoutParametersIsIgnored(String query) {
        assertThat(submit(query).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t=1700000000", "webhook=x", "_=1&_=2", "%zz"})
    void aResultIsReadWithAnyQuery(String query) {
        gateway.storeOne();
        ObjectNode event = Requests.result("%032x".formatted(1)).put("rawQueryString", query);

        assertThat(CheckedResponse.of(gateway.get.handleRequest(event, new FakeContext(10_000)))
                        .status())
                .isEqualTo(200);
    }

    private CheckedResponse submit(String query) {
        var event = Requests.valid().put("rawQueryString", query);
        return CheckedResponse.of(gateway.submit.handleRequest(event, new FakeContext(10_000)));
    }

    private static List<String> fields(CheckedResponse answer) {
        return answer.body()
                .path("errors")
                .valueStream()
                .map(error -> error.path("field").asText())
                .toList();
    }
}
