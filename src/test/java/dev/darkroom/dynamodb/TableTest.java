package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.core.store.StoreRefusedException;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class TableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"ValidationException", "SerializationException", "ItemCollectionSizeLimitExceededException"})
    void aRequestThatIsWrongIsRefusedForGood(String code) {
        var refusal = refusal(code);

        assertThat(Table.failure(refusal))
                .isInstanceOf(StoreRefusedException.class)
                .hasCause(refusal);
    }

    /** Each of these errors ends with the load, the outage or the mistake in the account, whatever the HTTP status. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ProvisionedThroughputExceededException",
                "ThrottlingException",
                "RequestLimitExceeded",
                "InternalServerError",
                "ServiceUnavailable",
                "TransactionConflictException",
                "LimitExceededException",
                "ResourceNotFoundException",
                "AccessDeniedException",
                "ExpiredTokenException",
                "validationexception",
                ""
            })
    @NullSource
    void anOutageIsNotARefusal(@Nullable String code) {
        var outage = refusal(code);

        assertThat(Table.failure(outage))
                .isInstanceOf(StoreUnavailableException.class)
                .hasCause(outage);
    }

    static List<SdkException> withoutAnAnswer() {
        return List.of(
                SdkClientException.create("ValidationException"),
                ApiCallTimeoutException.create(600),
                AbortedException.create("ValidationException"),
                DynamoDbException.builder()
                        .statusCode(400)
                        .message("ValidationException")
                        .build());
    }

    @ParameterizedTest
    @MethodSource("withoutAnAnswer")
    void aCallWithoutAnErrorCodeIsNotARefusal(SdkException failure) {
        assertThat(Table.failure(failure))
                .isInstanceOf(StoreUnavailableException.class)
                .hasCause(failure);
    }

    @Test
    void aCallThatFailsSaysWhich() {
        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> Table.call(() -> {
                    throw refusal("ValidationException");
                }));
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> Table.call(() -> {
                    throw refusal("ThrottlingException");
                }));
    }

    private static SdkException refusal(@Nullable String code) {
        return (SdkException) DynamoDbException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }
}
