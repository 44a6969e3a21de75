package dev.darkroom.http.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.KeyAccess;
import dev.darkroom.core.account.KeyRole;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import dev.darkroom.http.TestCallers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageEndpointTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final SpendLimit LIMIT =
            new SpendLimit(BudgetScope.DEPLOYMENT, BudgetPeriod.DAY, new Money(1_000_000_000_000L));
    private static final Pattern PAIR = Pattern.compile("([^&=]*)=([^&]*)");
    private static final String DAYS = "start_date=2026-11-01&end_date=2026-11-30";

    private final FuzzedGateway gateway = new FuzzedGateway();
    private int rows;

    @Test
    void aReportHasALineForEachGroupAndTheTotal() throws Exception {
        billed(TestCallers.ACME, "acme/one", 40_000);
        billed(TestCallers.ACME, "acme/two", 12_345);

        var report = json(get(DAYS + "&group_by=model"));

        assertThat(report.toString())
                .isEqualTo(
                        "{\"start_date\":\"2026-11-01\",\"end_date\":\"2026-11-30\",\"group_by\":\"model\",\"currency\":\"USD\","
                                + "\"data\":[{\"group\":\"acme/one\",\"generations\":1,\"failed\":1,\"images\":0,\"amount\":0.04},"
                                + "{\"group\":\"acme/two\",\"generations\":1,\"failed\":1,\"images\":0,\"amount\":0.012345}],"
                                + "\"total\":{\"generations\":2,\"failed\":2,\"images\":0,\"amount\":0.052345}}");
    }

    @Test
    void whoAcceptsCsvGetsIt() {
        billed(TestCallers.ACME, "acme/one", 40_000);
        var request = request(DAYS + "&group_by=day");
        request.withObject("/headers").put("accept", "text/csv");

        var answer = gateway.get.handleRequest(request, new FakeContext(10_000));

        assertThat(answer.at("/headers/content-type").asText()).isEqualTo("text/csv; charset=utf-8");
        assertThat(answer.path("body").asText()).isEqualTo("""
                        "day","generations","failed","images","amount_usd"\r
                        "2026-11-26","1","1","0","0.040000"\r
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv | text/csv; charset=utf-8",
                "TEXT/CSV;q=0.5 | text/csv; charset=utf-8",
                "text/csv, */*;q=0.1 | text/csv; charset=utf-8",
                "application/json;q=0.5, text/csv | text/csv; charset=utf-8",
                "text/csv, application/json | text/csv; charset=utf-8",
                "text/csv;header=present | text/csv; charset=utf-8",
                "text/csv;q=0 | application/json",
                "text/csv;q=0.000 | application/json",
                "application/json, text/csv;q=0.1 | application/json",
                "text/csvx | application/json",
                "*/* | application/json",
                "'' | application/json"
            })
    void theTypeIsTheOneThatTheCallerPrefers(String accept, String type) {
        var request = request(DAYS);
        request.withObject("/headers").put("accept", accept);

        var answer = gateway.get.handleRequest(request, new FakeContext(10_000));

        assertThat(answer.at("/headers/content-type").asText()).isEqualTo(type);
    }

    @Test
    void manyUnknownParametersAreNotAllListed() throws Exception {
        var query =
                IntStream.range(0, 60).mapToObj(number -> "x" + number + "=1").collect(Collectors.joining("&"));

        var answer = json(get(DAYS + "&" + query));

        assertThat(answer.path("message").asText()).contains("x0 ", "x19 ").doesNotContain("x20 ");
    }

    @Test
    void aParameterWithoutANameIsRefused() {
        assertThat(get(DAYS + "&=1").path("statusCode").intValue()).isEqualTo(400);
    }

    @Test
    void anOwnerSeesItsOwnUsageOnly() throws Exception {
        billed(TestCallers.ACME, "acme/one", 40_000);
        billed(TestCallers.ANOTHER, "acme/one", 10_000);

        var report = json(get(DAYS + "&group_by=owner"));

        assertThat(report.path("data").findValuesAsText("group")).containsExactly(TestCallers.ACME);
        assertThat(report.at("/total/amount").decimalValue()).isEqualByComparingTo("0.04");
    }

    @Test
    void anAdminSeesTheUsageOfAllOwners() throws Exception {
        billed(TestCallers.ACME, "acme/one", 40_000);
        billed(TestCallers.ANOTHER, "acme/one", 10_000);
        gateway.keys.setAccess(
                TestCallers.keyOf(TestCallers.ACME).digest().id(), new KeyAccess(KeyRole.ADMIN, Optional.empty()));

        var report = json(get(DAYS + "&group_by=owner"));

        assertThat(report.path("data").findValuesAsText("group"))
                .containsExactlyInAnyOrder(TestCallers.ACME, TestCallers.ANOTHER);
    }

    @Test
    void aCountedNameOfMetadataGroups() throws Exception {
        billed(TestCallers.ACME, "acme/one", 40_000);

        var report = json(get(DAYS + "&group_by=metadata.project"));

        assertThat(report.at("/data/0/group").asText()).isEqualTo("blue");
    }

    @ParameterizedTest
    @CsvSource({
        "'', start_date",
        "start_date=2026-11-01, end_date",
        "start_date=yesterday&end_date=2026-11-01, start_date",
        "start_date=2026-11-02&end_date=2026-11-01, end_date",
        "start_date=2026-01-01&end_date=2026-11-01, end_date",
        "start_date=2026-11-01&end_date=2026-11-02&group_by=prompt, group_by",
        "start_date=2026-11-01&end_date=2026-11-02&group_by=metadata.order, group_by",
        "start_date=2026-11-01&end_date=2026-11-02&limit=3, limit",
        "start_date=2026-11-01&end_date=2026-11-02&group_by=, group_by",
        "start_date=2026-11-01&end_date=2026-11-31, end_date",
        "start_date=+999999999-12-31&end_date=+999999999-12-31, start_date",
        "start_date=-999999999-01-01&end_date=-999999999-01-01, start_date",
        "start_date=+10000-01-01&end_date=+10000-01-01, start_date"
    })
    void aWrongQueryIsRefusedAndNamed(String query, String name) throws Exception {
        var answer = get(query);

        assertThat(answer.path("statusCode").intValue()).isEqualTo(400);
        assertThat(json(answer).path("message").asText()).contains(name);
    }

    @Test
    void aTableThatDoesNotAnswerIsA503() {
        gateway.keys.setUnavailable(true);

        assertThat(get(DAYS).path("statusCode").intValue()).isEqualTo(503);
    }

    /** The same request would need as long again, whenever it is repeated. */
    @Test
    void daysThatCannotBeReadInTimeAreRefusedAndFewerAskedFor() throws Exception {
        readsTakeTooLong();

        var answer = inTime("start_date=2026-10-01&end_date=2026-12-29&group_by=model");

        assertThat(answer.path("statusCode").intValue()).isEqualTo(400);
        assertThat(json(answer).path("error_code").asText()).isEqualTo("invalid_input");
        assertThat(json(answer).path("message").asText())
                .contains("end_date must be nearer to start_date", "90 days", "ask for 45 days or fewer");
    }

    @Test
    void aSingleDayThatCannotBeReadInTimeIsTheTablesFault() {
        readsTakeTooLong();

        assertThat(inTime("start_date=2026-10-01&end_date=2026-10-01")
                        .path("statusCode")
                        .intValue())
                .isEqualTo(503);
    }

    @Test
    void aTableThatFailsBeforeTheDeadlineIsA503() {
        gateway.core.store.usage().beforeRead(() -> {
            throw new StoreUnavailableException("gone", new IllegalStateException());
        });

        assertThat(inTime(DAYS).path("statusCode").intValue()).isEqualTo(503);
    }

    private void readsTakeTooLong() {
        gateway.core.store.usage().beforeRead(() -> {
            gateway.core.clock.advance(Duration.ofSeconds(9));
            throw new StoreUnavailableException("no time left", new IllegalStateException());
        });
    }

    /** The answer to a request that arrives now, and so has a deadline. */
    private JsonNode inTime(String query) {
        var event = request(query);
        event.withObject("/requestContext")
                .put("timeEpoch", gateway.core.clock.instant().toEpochMilli());
        return gateway.get.handleRequest(event, new FakeContext(10_000));
    }

    private JsonNode get(String query) {
        return gateway.get.handleRequest(request(query), new FakeContext(10_000));
    }

    private static ObjectNode request(String query) {
        var event = LambdaEvents.http("GET /v1/usage", "/v1/usage").put("rawQueryString", query);
        var parameters = event.putObject("queryStringParameters");
        PAIR.matcher(query).results().forEach(pair -> parameters.put(pair.group(1), pair.group(2)));
        return event;
    }

    private static JsonNode json(JsonNode answer) throws Exception {
        return JSON.readTree(answer.path("body").asText());
    }

    /** Stores a generation that has ended without images and is billed all the same. */
    private void billed(String owner, String model, long microDollars) {
        var request = new GenerationRequest(
                new ModelId(model),
                new ProviderId("acme"),
                "{\"prompt\":\"a cat\"}",
                1,
                new Metadata(Map.of("project", "blue")));
        var id = new GenerationId("%032x".formatted(++rows));
        var row = Generation.queued(id, new Owner(owner), request, NOON, 1)
                .costing(Cost.held(new Money(microDollars), 1, List.of(LIMIT.windowAt(NOON)), 1));
        gateway.core.store.create(row, List.of(LIMIT));
        var cancelled = row.cancelled(NOON);
        gateway.core.store.update(cancelled);
        gateway.core.store.update(cancelled.billed(new Money(microDollars)));
    }
}
