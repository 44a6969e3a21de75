package dev.darkroom.bench.stub;

import dev.darkroom.core.account.ApiKeys;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.ratelimit.SubmissionGateStore;
import dev.darkroom.dynamodb.DynamoDbApiKeys;
import dev.darkroom.dynamodb.DynamoDbGenerationStore;
import dev.darkroom.dynamodb.DynamoDbSubmissionGates;
import dev.darkroom.dynamodb.TableConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The benchmarks' table: its name, the product's own stores over it, and rows for it. */
final class BenchTable {

    static final String NAME = "darkroom-bench";

    /** The owner of the rows. */
    static final Owner OWNER = new Owner("acme");

    private static final ProviderId PROVIDER = new ProviderId("wavespeed");

    /** The table's configuration. */
    private record Config(String name, int shards, Duration retention) implements TableConfig {}

    private BenchTable() {}

    static DynamoDbGenerationStore store(DynamoDbClient client, int shards) {
        return new DynamoDbGenerationStore(client, config(shards), InstantSource.system());
    }

    static ApiKeys keys(DynamoDbClient client) {
        return new DynamoDbApiKeys(client, config(1));
    }

    static SubmissionGateStore gate(DynamoDbClient client) {
        return new DynamoDbSubmissionGates(client, config(1)).of(PROVIDER);
    }

    private static Config config(int shards) {
        return new Config(NAME, shards, Duration.ofDays(30));
    }

    /** A row that the provider accepted at {@code since}, and that is due from then on. */
    static Generation processing(String id, String prediction, String input, Instant since) {
        return new Generation(
                new GenerationId(id),
                OWNER,
                new GenerationRequest(new ModelId("wavespeed-ai/imagen4"), PROVIDER, input),
                since,
                3,
                since,
                new State.Processing(prediction(prediction), since, "wavespeed-ai/imagen4"));
    }

    /** The row of a request whose images are kept, under links with this token. */
    static Generation keeping(Generation row, String token) {
        return new Generation(
                row.id(),
                row.owner(),
                row.request().keepingImages(new LinkToken(token)),
                row.createdAt(),
                row.version(),
                row.dueAt(),
                row.state());
    }

    static PredictionId prediction(String id) {
        return new PredictionId(id);
    }
}
