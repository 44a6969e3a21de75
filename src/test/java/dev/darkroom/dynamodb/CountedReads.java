package dev.darkroom.dynamodb;

import java.util.concurrent.atomic.DoubleAdder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** A client of the table that requests the read units of every item that it reads. */
final class CountedReads implements AutoCloseable {

    private final DoubleAdder units = new DoubleAdder();
    private final DynamoDbClient client;

    CountedReads(DynamoDbClient other) {
        var configuration = other.serviceClientConfiguration();
        client = DynamoDbClient.builder()
                .endpointOverride(configuration.endpointOverride().orElseThrow())
                .region(configuration.region())
                .credentialsProvider(configuration.credentialsProvider())
                .overrideConfiguration(override -> override.addExecutionInterceptor(new Asking()))
                .build();
    }

    DynamoDbClient client() {
        return client;
    }

    /** The read units of all reads so far. */
    double units() {
        return units.sum();
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Asking implements ExecutionInterceptor {

        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            return context.request() instanceof GetItemRequest get
                    ? get.toBuilder()
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                            .build()
                    : context.request();
        }

        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            if (context.response() instanceof GetItemResponse got) {
                units.add(got.consumedCapacity().capacityUnits());
            }
        }
    }
}
