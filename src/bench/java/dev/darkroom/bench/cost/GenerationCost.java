package dev.darkroom.bench.cost;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What 1,000 generations by HTTP cost in dollars, one at a time, by public prices of us-east-1 on arm64 and without a
 * free tier. The counts are those of docs/performance.md. Logs and traces are not included, but for the line of the API
 * key.
 *
 * @param seconds how long the provider draws
 * @param sweepMegabytes the memory of the function that waits for the image
 */
public record GenerationCost(int seconds, int sweepMegabytes) {

    private static final double REQUEST_OF_API = 1.00e-6;
    private static final double REQUEST_OF_LAMBDA = 0.20e-6;
    private static final double GB_SECOND = 0.0000133334;
    private static final double WRITE = 0.625e-6;
    private static final double READ = 0.125e-6;
    private static final double GB_OF_LOGS = 0.50;

    private static final double READ_EVERY = 2;
    private static final double GB_OF_REQUESTS = 0.5;
    private static final double SUBMISSION = 0.25;
    private static final double CLIENT_READ = 0.006;

    /** Half of the time between two polls (1.2 s and the call), the call itself, and the write. */
    private static final double SEEN_AFTER = 0.8;

    private static final double WRITES_OF_ROW = 7;
    private static final double RENEWED_EVERY = 7.5;
    private static final double LINE_OF_KEY = 220e-9;

    /** Each part, for 1,000 generations. */
    public Map<String, Double> parts() {
        double reads = Math.ceil(seconds / READ_EVERY);
        double swept = seconds + SEEN_AFTER;
        var parts = new LinkedHashMap<String, Double>();
        parts.put("API Gateway, the POST and a read every 2 s", 1_000 * (1 + reads) * REQUEST_OF_API);
        parts.put("Lambda, requests and the trigger", 1_000 * (2 + reads) * REQUEST_OF_LAMBDA);
        parts.put(
                "submit-generation and get-generation, 512 MB",
                1_000 * (SUBMISSION + reads * CLIENT_READ) * GB_OF_REQUESTS * GB_SECOND);
        parts.put("the sweep that waits", 1_000 * swept * sweepMegabytes / 1_024 * GB_SECOND);
        parts.put("the row, 7 write units", 1_000 * WRITES_OF_ROW * WRITE);
        parts.put("the lease: acquired, renewed, released", 1_000 * (2 + Math.floor(swept / RENEWED_EVERY)) * WRITE);
        // A query of half a unit each second, at the beginning and twice at the end; the row is read once.
        parts.put("reads of the client and of the sweep", 1_000 * (reads + swept / 2 + 2.5) * READ);
        parts.put("a log line for each check of the API key", 1_000 * (1 + reads) * LINE_OF_KEY * GB_OF_LOGS);
        return parts;
    }

    /** All parts together. */
    public double dollars() {
        return parts().values().stream().mapToDouble(part -> part).sum();
    }
}
