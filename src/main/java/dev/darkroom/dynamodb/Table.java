package dev.darkroom.dynamodb;

import dev.darkroom.application.StoreRefusedException;
import dev.darkroom.application.StoreUnavailableException;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failed call of the table means. */
final class Table {

    /** These say that the request itself is wrong; any other failure may be over in a moment. */
    private static final Set<String> FOR_GOOD =
            Set.of("ItemCollectionSizeLimitExceededException", "SerializationException", "ValidationException");

    private Table() {}

    static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    /** What is refused for good does not become better by being tried again. */
    static RuntimeException failure(SdkException e) {
        return e instanceof AwsServiceException refusal && isForGood(refusal)
                ? new StoreRefusedException("the table refused what it was asked", e)
                : new StoreUnavailableException("the table did not do what it was asked", e);
    }

    private static boolean isForGood(AwsServiceException refusal) {
        var details = refusal.awsErrorDetails();
        return details != null && details.errorCode() != null && FOR_GOOD.contains(details.errorCode());
    }
}
