package dev.darkroom.bench.stub;

import dev.darkroom.bench.stub.LoopbackServer.Request;
import dev.darkroom.bench.stub.Stub.Reply;
import dev.darkroom.core.ratelimit.SubmissionGateStore;
import dev.darkroom.local.table.DynamoDbLocal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Everything that a function calls, on loopback, without TLS. */
public final class Stubs implements AutoCloseable {

    /** How long the services take, in milliseconds. */
    public record Latencies(int table, int submit, int result, int invoke) {

        @Override
        public String toString() {
            return "table %d ms, paid POST %d ms, result %d ms, Lambda's Invoke %d ms"
                    .formatted(table, submit, result, invoke);
        }
    }

    /** How long Secrets Manager takes: it is asked once, while the function starts. */
    private static final int SECRET_MILLIS = 5;

    private static final String INVOKE = "/2015-03-31/functions/poll-generations/invocations";

    private final DynamoDbStub rows;
    private final Stub table;
    private final Stub provider;
    private final Stub lambda;
    private final Stub secrets;
    private final DynamoDbClient client;

    public Stubs(Latencies latencies) {
        rows = new DynamoDbStub(latencies.table());
        table = new Stub("application/x-amz-json-1.0", rows::reply);
        client = DynamoDbLocal.client(URI.create(table.address()));
        provider = new Stub("application/json", new ProviderStub(latencies.submit(), latencies.result())::reply);
        lambda = new Stub("application/json", request -> invoked(request, latencies.invoke()));
        secrets = new Stub(
                "application/x-amz-json-1.1",
                _ -> new Reply(SECRET_MILLIS, 200, "{\"SecretString\":\"benchmark\"}", false));
    }

    private static Reply invoked(Request request, int millis) {
        if (!request.path().equals(INVOKE)) {
            throw new IllegalArgumentException("Lambda's stub does not know " + request.path());
        }
        return new Reply(millis, 202, "", false);
    }

    public DynamoDbStub rows() {
        return rows;
    }

    /** The submission gate, by the code that the functions use. */
    public SubmissionGateStore gate() {
        return BenchTable.gate(client);
    }

    /**
     * The nanoseconds that the table and the provider took so far, in all of which a handler waited. Lambda's Invoke
     * does not count, because it runs beside the paid POST.
     */
    public long nanos() {
        return table.nanos() + provider.nanos();
    }

    /** Throws an {@link IllegalStateException} when a function sent a request that no stub can answer. */
    public void requireNoFailure() {
        List.of(table, provider, lambda, secrets).forEach(Stub::requireNoFailure);
    }

    /** The environment variables that make a function call these stubs. */
    public Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("DARKROOM_TABLE_NAME", BenchTable.NAME),
                Map.entry("DARKROOM_IMAGES_BUCKET", "darkroom-bench"),
                Map.entry("DARKROOM_SWEEP_FUNCTION", "poll-generations"),
                Map.entry("DARKROOM_WAVESPEED_API_KEY_SECRET", "benchmark"),
                Map.entry("DARKROOM_AWS_SECRETS_ENDPOINT", secrets.address()),
                Map.entry("DARKROOM_WAVESPEED_BASE_URL", provider.address()),
                // The stub of the table has no transactions.
                Map.entry("DARKROOM_BUDGET_MAX_PER_DAY", "0"),
                Map.entry("AWS_ENDPOINT_URL_DYNAMODB", table.address()),
                Map.entry("AWS_ENDPOINT_URL_LAMBDA", lambda.address()),
                Map.entry("AWS_REGION", "us-east-1"),
                Map.entry("AWS_ACCESS_KEY_ID", "benchmark"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "benchmark"));
    }

    @Override
    public void close() {
        client.close();
        table.close();
        provider.close();
        lambda.close();
        secrets.close();
    }
}
