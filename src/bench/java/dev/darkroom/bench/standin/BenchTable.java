package dev.darkroom.bench.standin;

import dev.darkroom.domain.Caller;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.State;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.DynamoDbSubmissionGateStore;
import dev.darkroom.dynamodb.TableConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The benchmarks' table: its name, the product's own stores over it, and rows for it. */
final class BenchTable {

    static final String NAME = "darkroom-bench";

    /** How the table is laid out. */
    private record Config(String name, int shards, Duration retention) implements TableConfig {}

    private BenchTable() {}

    static DynamoDbGenerationStore store(DynamoDbClient client, int shards) {
        return new DynamoDbGenerationStore(client, config(shards), InstantSource.system());
    }

    static DynamoDbSubmissionGateStore gate(DynamoDbClient client) {
        return new DynamoDbSubmissionGateStore(client, config(1));
    }

    private static Config config(int shards) {
        return new Config(NAME, shards, Duration.ofDays(30));
    }

    /** A row that is due since the provider was given it. */
    static Generation processing(String id, String prediction, String input, Instant since) {
        return new Generation(
                new GenerationId(id),
                Caller.of(new Owner("acme")),
                new GenerationRequest(new ModelId("wavespeed-ai/imagen4"), input),
                since,
                3,
                since,
                new State.Processing(prediction(prediction), since));
    }

    static PredictionId prediction(String id) {
        return new PredictionId(id);
    }
}
