package dev.darkroom.dynamodb;

import java.util.concurrent.atomic.DoubleAdder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** A client of the table that receives the write units of every write, those of the index included. */
public final class CountedUnits implements AutoCloseable {

    /**
     * The table charges for a write whose condition fails, but does not say how much: for an item of under 1 KB it is
     * one unit.
     */
    private static final double REFUSED = 1;

    private final DoubleAdder written = new DoubleAdder();
    private final DoubleAdder rules = new DoubleAdder();
    private final DynamoDbClient client;

    public CountedUnits(DynamoDbClient other) {
        var configuration = other.serviceClientConfiguration();
        client = DynamoDbClient.builder()
                .endpointOverride(configuration.endpointOverride().orElseThrow())
                .region(configuration.region())
                .credentialsProvider(configuration.credentialsProvider())
                .overrideConfiguration(override -> override.addExecutionInterceptor(new Asking()))
                .build();
    }

    public DynamoDbClient client() {
        return client;
    }

    /** The write units of all writes so far. */
    public double written() {
        return written.sum();
    }

    /**
     * The same by the published rules for transactions: two units for each item of 1 KB, and one for each entry of an
     * index, which is written after the transaction. DynamoDB Local counts four for an entry, and more for the items.
     * Each index is meant to have one changed entry per transaction.
     */
    public double byTheRules() {
        return rules.sum();
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Asking implements ExecutionInterceptor {

        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            return switch (context.request()) {
                case PutItemRequest put ->
                    put.toBuilder()
                            .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                            .build();
                case UpdateItemRequest update ->
                    update.toBuilder()
                            .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                            .build();
                case TransactWriteItemsRequest writes ->
                    writes.toBuilder()
                            .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                            .build();
                case SdkRequest read -> read;
            };
        }

        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            written.add(units(context.response()));
            rules.add(byTheRules(context.request(), context.response()));
        }

        @Override
        public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
            if (context.exception() instanceof ConditionalCheckFailedException) {
                written.add(REFUSED);
                rules.add(REFUSED);
            }
        }

        private static double byTheRules(SdkRequest request, SdkResponse response) {
            return request instanceof TransactWriteItemsRequest asked
                            && response instanceof TransactWriteItemsResponse writes
                    ? 2.0 * asked.transactItems().size()
                            + writes.consumedCapacity().stream()
                                    .mapToInt(table ->
                                            table.globalSecondaryIndexes().size())
                                    .sum()
                    : units(response);
        }

        private static double units(SdkResponse response) {
            return switch (response) {
                case PutItemResponse put -> put.consumedCapacity().capacityUnits();
                case UpdateItemResponse update -> update.consumedCapacity().capacityUnits();
                case TransactWriteItemsResponse writes ->
                    writes.consumedCapacity().stream()
                            .mapToDouble(ConsumedCapacity::capacityUnits)
                            .sum();
                case SdkResponse _ -> 0;
            };
        }
    }
}
