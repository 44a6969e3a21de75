package dev.darkroom.http.openai.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.PublicUrl;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A generation whose caller does not wait, in a form that self-hosted gateways have agreed on. Times are in seconds
 * since 1970.
 *
 * @param taskId the same as the id
 * @param status processing, completed or failed
 * @param expiresAt when the images may be deleted
 * @param pollUrl where to read the task
 * @param httpStatus that of the answer which a caller that waits would get; only there at the end
 * @param result only there when it has completed
 * @param error only there when it has failed
 */
@RegisterForReflection
public record TaskView(
        String id,
        @JsonProperty("task_id") String taskId,
        String object,
        String status,
        @JsonProperty("created_at") long createdAt,
        @JsonProperty("expires_at") long expiresAt,
        @JsonProperty("poll_url") String pollUrl,

        @JsonProperty("http_status") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer httpStatus,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ImagesAnswer result,
        @JsonInclude(JsonInclude.Include.NON_NULL) ErrorBody.@Nullable Detail error) {

    /** In seconds. */
    private static final String POLL_AFTER = "3";

    private static final String PROCESSING = "processing";

    public static TaskView processing(Generation generation, Instant expiresAt, PublicUrl address) {
        return of(generation, PROCESSING, expiresAt, address).ended(null, null, null);
    }

    public static TaskView completed(Generation generation, Instant expiresAt, PublicUrl address, ImagesAnswer result) {
        return of(generation, "completed", expiresAt, address).ended(200, result, null);
    }

    public static TaskView failed(Generation generation, Instant expiresAt, PublicUrl address, ApiError error) {
        return of(generation, "failed", expiresAt, address)
                .ended(error.code().httpStatus(), null, ErrorBody.of(error).error());
    }

    private static TaskView of(Generation generation, String status, Instant expiresAt, PublicUrl address) {
        var id = generation.id();
        return new TaskView(
                id.value(),
                id.value(),
                "image.generation.task",
                status,
                generation.createdAt().getEpochSecond(),
                expiresAt.getEpochSecond(),
                address.api() + OpenAiPaths.task(id),
                null,
                null,
                null);
    }

    private TaskView ended(
            @Nullable Integer asStatus, @Nullable ImagesAnswer images, ErrorBody.@Nullable Detail failure) {
        return new TaskView(id, taskId, object, status, createdAt, expiresAt, pollUrl, asStatus, images, failure);
    }

    /** Further headers of the answer: while it runs, when to ask again. */
    Map<String, String> headers() {
        return status.equals(PROCESSING) ? Map.of("retry-after", POLL_AFTER) : Map.of();
    }
}
