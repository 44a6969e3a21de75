package dev.darkroom.http;

import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.GenerationId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a request was refused or failed. A {@link Dialect} writes it in its own format.
 *
 * @param violations one for each field that is wrong; for an error of the gateway the part that failed
 * @param headers of the response, by lower-case name
 * @param id of the generation that may have been stored although this is an error; empty when nothing was stored
 */
public record ApiError(
        ErrorCode code, List<Violation> violations, Map<String, String> headers, Optional<GenerationId> id) {

    private static final Map<String, String> RETRY = Map.of("retry-after", "1");

    public static ApiError of(ErrorCode code, String field, String message) {
        return of(code, List.of(new Violation(field, message)));
    }

    public static ApiError of(ErrorCode code, List<Violation> violations) {
        return new ApiError(code, violations, Map.of(), Optional.empty());
    }

    /** {@code hint} says why, or what there is instead. */
    public static ApiError noRoute(String hint) {
        return of(ErrorCode.ROUTE_NOT_FOUND, "path", "does not exist: " + hint);
    }

    public static ApiError wrongMethod(String allowed) {
        return of(ErrorCode.METHOD_NOT_ALLOWED, "method", "must be " + allowed + " here")
                .with(Map.of("allow", HttpResponses.allow(allowed)));
    }

    public static ApiError queueFull(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.toSeconds());
        return of(
                        ErrorCode.QUEUE_FULL,
                        "queue",
                        "has too many of your requests waiting; try again in %d s".formatted(seconds))
                .with(Map.of("retry-after", Long.toString(seconds)));
    }

    /** {@code reason} says why there is no balance; until {@code retryAfter} it is the same. */
    public static ApiError noBalance(ErrorCode code, String reason, Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return of(code, "balance", "%s; try again in %d s".formatted(reason, seconds))
                .with(Map.of("retry-after", Long.toString(seconds)));
    }

    public static ApiError storeUnavailable() {
        return of(ErrorCode.STORE_UNAVAILABLE, "store", "does not answer at the moment; try again")
                .with(RETRY);
    }

    public static ApiError internal() {
        return of(ErrorCode.INTERNAL_ERROR, "server", "failed; the cause is in its log");
    }

    /** The generation may have been stored; {@code resultPath} is where to read it before sending the request again. */
    public static ApiError storeUnavailable(GenerationId id, String resultPath) {
        return of(ErrorCode.STORE_UNAVAILABLE, "store", "does not answer at the moment; " + mayBeStored(resultPath))
                .with(RETRY)
                .with(id);
    }

    /** The generation may have been stored; {@code resultPath} is where to read it before sending the request again. */
    public static ApiError internal(GenerationId id, String resultPath) {
        return of(ErrorCode.INTERNAL_ERROR, "server", "failed; the cause is in its log; " + mayBeStored(resultPath))
                .with(id);
    }

    private static String mayBeStored(String resultPath) {
        return "the request may have been stored: read " + resultPath + " before sending it again";
    }

    private ApiError with(Map<String, String> others) {
        return new ApiError(code, violations, others, id);
    }

    private ApiError with(GenerationId stored) {
        return new ApiError(code, violations, headers, Optional.of(stored));
    }
}
