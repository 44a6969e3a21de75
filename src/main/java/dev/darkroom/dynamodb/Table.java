package dev.darkroom.dynamodb;

import dev.darkroom.core.store.StoreRefusedException;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Decides what a failed call to the table means. */
final class Table {

    /** The errors of a wrong request; any other error may be temporary. */
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

    /** Maps the error: a retry does not help a request that is refused for good. */
    static RuntimeException failure(SdkException e) {
        return isForGood(e)
                ? new StoreRefusedException("the table refused the request", e)
                : new StoreUnavailableException("the table did not answer, or refused the request for now", e);
    }

    /** Whether the same request would be refused again. */
    static boolean isForGood(SdkException e) {
        return e instanceof AwsServiceException refusal
                && refusal.awsErrorDetails() != null
                && refusal.awsErrorDetails().errorCode() != null
                && FOR_GOOD.contains(refusal.awsErrorDetails().errorCode());
    }
}
