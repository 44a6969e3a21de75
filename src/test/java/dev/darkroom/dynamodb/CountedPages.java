package dev.darkroom.dynamodb;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** A client of the table that counts its pages of indexes and its batches of items. */
final class CountedPages implements AutoCloseable {

    private final AtomicInteger queries = new AtomicInteger();
    private final AtomicInteger entries = new AtomicInteger();
    private final AtomicInteger batches = new AtomicInteger();
    private final DynamoDbClient client;

    CountedPages(DynamoDbClient other) {
        var configuration = other.serviceClientConfiguration();
        client = DynamoDbClient.builder()
                .endpointOverride(configuration.endpointOverride().orElseThrow())
                .region(configuration.region())
                .credentialsProvider(configuration.credentialsProvider())
                .overrideConfiguration(override -> override.addExecutionInterceptor(new Counting()))
                .build();
    }

    DynamoDbClient client() {
        return client;
    }

    /** How many pages of an index were read. */
    int queries() {
        return queries.get();
    }

    /** How many entries of an index were read. */
    int entries() {
        return entries.get();
    }

    /** How many batches of items were read. */
    int batches() {
        return batches.get();
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Counting implements ExecutionInterceptor {

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (context.request() instanceof QueryRequest) {
                queries.incrementAndGet();
            } else if (context.request() instanceof BatchGetItemRequest) {
                batches.incrementAndGet();
            }
        }

        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            if (context.response() instanceof QueryResponse page) {
                entries.addAndGet(page.scannedCount());
            }
        }
    }
}
