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

    private static final String INVOKE = "/2015-03-31/functions/poll-generations/invocations";

    private final DynamoDbStub rows;
    private final Stub table;
    private final Stub provider;
    private final Stub lambda;
    private final DynamoDbClient client;

    public Stubs(Latencies latencies) {
        rows = new DynamoDbStub(latencies.table());
        table = new Stub("application/x-amz-json-1.0", rows::reply);
        client = DynamoDbLocal.client(URI.create(table.address()));
        provider = new Stub("application/json", new ProviderStub(latencies.submit(), latencies.result())::reply);
        lambda = new Stub("application/json", request -> invoked(request, latencies.invoke()));
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
        List.of(table, provider, lambda).forEach(Stub::requireNoFailure);
    }

    /** The environment variables that make a function call these stubs. */
    public Map<String, String> environment() {
        return Map.of(
                "DARKROOM_TABLE_NAME", BenchTable.NAME,
                "DARKROOM_IMAGES_BUCKET", "darkroom-bench",
                "DARKROOM_SWEEP_FUNCTION", "poll-generations",
                "DARKROOM_WAVESPEED_API_KEY", "benchmark",
                "DARKROOM_WAVESPEED_BASE_URL", provider.address(),
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
