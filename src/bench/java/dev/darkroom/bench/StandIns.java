package dev.darkroom.bench;

import dev.darkroom.bench.LoopbackServer.Request;
import dev.darkroom.bench.StandIn.Reply;
import java.util.Map;

/** Everything that a function calls, on loopback, without TLS. */
final class StandIns implements AutoCloseable {

    /** How long the services take, in milliseconds. */
    record Latencies(int table, int submit, int result, int invoke) {

        @Override
        public String toString() {
            return "table %d ms, paid POST %d ms, result %d ms, Lambda's Invoke %d ms"
                    .formatted(table, submit, result, invoke);
        }
    }

    private static final String PREDICTION = """
            {"code":200,"message":"success","data":{"id":"%s","model":"wavespeed-ai/imagen4","outputs":[%s],\
            "urls":{"get":"https://provider.example/result"},"has_nsfw_contents":[false],"status":"%s",\
            "created_at":"2026-01-01T00:00:00.000Z","error":"","timings":{"inference":3600}}}""";

    private static final String OUTPUT = "\"https://images.example/0.png\"";

    private final Latencies latencies;
    private final TableStandIn rows;
    private final StandIn table;
    private final StandIn provider;
    private final StandIn lambda;

    StandIns(Latencies latencies) {
        this.latencies = latencies;
        this.rows = new TableStandIn(latencies.table());
        this.table = new StandIn(rows::reply);
        this.provider = new StandIn(this::provider);
        this.lambda = new StandIn(_ -> new Reply(latencies.invoke(), 202, "", false));
    }

    TableStandIn rows() {
        return rows;
    }

    /**
     * How long the table and the provider took so far. All of it is time in which a handler waited; the Invoke is not in
     * it, because it runs beside the paid POST.
     */
    long nanos() {
        return table.nanos() + provider.nanos();
    }

    /** What leads a function here. */
    Map<String, String> environment() {
        return Map.of(
                "DARKROOM_TABLE", "darkroom-bench",
                "DARKROOM_SWEEP_FUNCTION", "poll-generations",
                "WAVESPEED_API_KEY", "benchmark",
                "WAVESPEED_BASE_URL", provider.address(),
                "AWS_ENDPOINT_URL_DYNAMODB", table.address(),
                "AWS_ENDPOINT_URL_LAMBDA", lambda.address(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "benchmark",
                "AWS_SECRET_ACCESS_KEY", "benchmark");
    }

    private Reply provider(Request request) {
        return request.method().equals("POST")
                ? new Reply(latencies.submit(), 200, PREDICTION.formatted("b".repeat(32), "", "created"), true)
                : new Reply(
                        latencies.result(),
                        200,
                        PREDICTION.formatted("b".repeat(32), OUTPUT, "completed"),
                        !request.path().contains("/priming/"));
    }

    @Override
    public void close() {
        table.close();
        provider.close();
        lambda.close();
    }
}
