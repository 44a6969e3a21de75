package dev.darkroom.dynamodb;

import dev.darkroom.core.store.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Ends calls to the table at the {@link Deadline} of the thread, retries included; after the deadline they are not
 * sent.
 *
 * @param limit the time limit of a call before a later deadline
 */
public record DeadlineInterceptor(Duration limit, InstantSource clock) implements ExecutionInterceptor {

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        return Deadline.current()
                .map(deadline -> limited(context.request(), deadline))
                .orElseGet(context::request);
    }

    private SdkRequest limited(SdkRequest request, Instant deadline) {
        var left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
            throw SdkClientException.create("there is no time left to call the table");
        }
        if (left.compareTo(limit) >= 0 || !(request instanceof AwsRequest call)) {
            return request;
        }
        var override = call.overrideConfiguration()
                .map(AwsRequestOverrideConfiguration::toBuilder)
                .orElseGet(AwsRequestOverrideConfiguration::builder)
                .apiCallTimeout(left)
                .build();
        return call.toBuilder().overrideConfiguration(override).build();
    }
}
