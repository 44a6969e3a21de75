package dev.darkroom.tracing;

import dev.darkroom.tracing.Subsegment.Detail;
import dev.darkroom.tracing.Subsegment.Result;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** The calls of the SDK's clients: the table, the trigger of sweeps and the tasks of workflows. */
public final class TracedAwsCalls implements ExecutionInterceptor {

    private static final ExecutionAttribute<Instant> BEGUN = new ExecutionAttribute<>("dev.darkroom.begun");

    /** X-Ray's own names, where the SDK has others. */
    private static final Map<String, String> SERVICES = Map.of("DynamoDb", "DynamoDB", "Sfn", "Step Functions");

    private final XRay xRay;
    private final InstantSource clock;

    public TracedAwsCalls(XRay xRay, InstantSource clock) {
        this.xRay = xRay;
        this.clock = clock;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        attributes.putAttribute(BEGUN, clock.instant());
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        var details = details(context.request().getValueForField("TableName", String.class), attributes);
        if (context.response() instanceof AwsResponse response) {
            details.put(Detail.REQUEST_ID, response.responseMetadata().requestId());
        }
        send(details, attributes, Result.answered(context.httpResponse().statusCode()));
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        var details = details(context.request().getValueForField("TableName", String.class), attributes);
        if (context.exception() instanceof AwsServiceException answer) {
            Optional.ofNullable(answer.requestId()).ifPresent(id -> details.put(Detail.REQUEST_ID, id));
            send(
                    details,
                    attributes,
                    new Result(Optional.of(answer.statusCode()), answer.isThrottlingException(), Optional.empty()));
        } else {
            // The message may hold an address.
            send(
                    details,
                    attributes,
                    Result.failed(context.exception().getClass().getSimpleName(), "no answer"));
        }
    }

    private static EnumMap<Detail, String> details(Optional<String> table, ExecutionAttributes attributes) {
        var details = new EnumMap<Detail, String>(Detail.class);
        table.ifPresent(name -> details.put(Detail.TABLE, name));
        attributes
                .getOptionalAttribute(AwsExecutionAttribute.AWS_REGION)
                .ifPresent(region -> details.put(Detail.REGION, region.id()));
        return details;
    }

    private void send(Map<Detail, String> details, ExecutionAttributes attributes, Result result) {
        var service = attributes
                .getOptionalAttribute(SdkExecutionAttribute.SERVICE_NAME)
                .orElse("AWS");
        var ended = clock.instant();
        xRay.send(new Subsegment(
                SERVICES.getOrDefault(service, service),
                true,
                attributes
                        .getOptionalAttribute(SdkExecutionAttribute.OPERATION_NAME)
                        .orElse(""),
                details,
                attributes.getOptionalAttribute(BEGUN).orElse(ended),
                ended,
                result));
    }
}
