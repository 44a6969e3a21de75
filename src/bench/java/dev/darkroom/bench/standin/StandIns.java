package dev.darkroom.bench.standin;

import dev.darkroom.application.SubmissionGateStore;
import dev.darkroom.bench.standin.LoopbackServer.Request;
import dev.darkroom.bench.standin.StandIn.Reply;
import dev.darkroom.local.DynamoDbLocal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Everything that a function calls, on loopback, without TLS. */
public final class StandIns implements AutoCloseable {

    /** How long the services take, in milliseconds. */
    public record Latencies(int table, int submit, int result, int invoke) {

        @Override
        public String toString() {
            return "table %d ms, paid POST %d ms, result %d ms, Lambda's Invoke %d ms"
                    .formatted(table, submit, result, invoke);
        }
    }

    private static final String INVOKE = "/2015-03-31/functions/poll-generations/invocations";

    private final TableStandIn rows;
    private final StandIn table;
    private final StandIn provider;
    private final StandIn lambda;
    private final DynamoDbClient client;

    public StandIns(Latencies latencies) {
        rows = new TableStandIn(latencies.table());
        table = new StandIn("application/x-amz-json-1.0", rows::reply);
        client = DynamoDbLocal.client(URI.create(table.address()));
        provider = new StandIn("application/json", new ProviderStandIn(latencies.submit(), latencies.result())::reply);
        lambda = new StandIn("application/json", request -> invoked(request, latencies.invoke()));
    }

    private static Reply invoked(Request request, int millis) {
        if (!request.path().equals(INVOKE)) {
            throw new IllegalArgumentException("Lambda's stand-in does not know " + request.path());
        }
        return new Reply(millis, 202, "", false);
    }

    public TableStandIn rows() {
        return rows;
    }

    /** The submission gate as a process of ours reaches it. */
    public SubmissionGateStore gate() {
        return BenchTable.gate(client);
    }

    /**
     * How long the table and the provider took so far. All of it is time in which a handler waited; the Invoke is not in
     * it, because it runs beside the paid POST.
     */
    public long nanos() {
        return table.nanos() + provider.nanos();
    }

    /** Throws an {@link IllegalStateException} when a function asked for something that has no stand-in here. */
    public void requireNoFailure() {
        List.of(table, provider, lambda).forEach(StandIn::requireNoFailure);
    }

    /** What leads a function here. */
    public Map<String, String> environment() {
        return Map.of(
                "DARKROOM_TABLE", BenchTable.NAME,
                "DARKROOM_SWEEP_FUNCTION", "poll-generations",
                "WAVESPEED_API_KEY", "benchmark",
                "WAVESPEED_BASE_URL", provider.address(),
                "AWS_ENDPOINT_URL_DYNAMODB", table.address(),
                "AWS_ENDPOINT_URL_LAMBDA", lambda.address(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "benchmark",
                "AWS_SECRET_ACCESS_KEY", "benchmark");
    }

    @Override
    public void close() {
        client.close();
        table.close();
        provider.close();
        lambda.close();
    }
}
