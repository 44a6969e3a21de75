package dev.darkroom.http.wavespeed.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.ratelimit.QueuePosition;
import dev.darkroom.http.CostView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A generation as callers see it: every field of the provider's API document, in its order.
 *
 * @param createdAt ISO-8601, always with milliseconds
 * @param code the provider's code for a wait that was too short; only there after such a wait
 * @param error empty unless the status is failed or the wait was too short
 * @param errorCode the gateway's own field, for programs; only there when the status is failed
 * @param queue the gateway's own field; only there while the request waits in the queue
 * @param submission the gateway's own field; only there while it is not known whether the provider has the request
 * @param metadata the gateway's own field: what the caller has noted; only there when it has noted anything
 * @param images the gateway's own field: one for each output; only there when the gateway keeps the images
 * @param sourceUrls the gateway's own field: the provider's addresses of the images; only there for those who ask
 * @param warnings the gateway's own field; only there when there is something to say about the request or its images
 * @param cost the gateway's own field; only there when the model has a price
 */
@RegisterForReflection
public record GenerationView(
        String id,
        String model,
        List<String> outputs,
        Urls urls,
        @JsonProperty("has_nsfw_contents") List<Boolean> hasNsfwContents,
        String status,
        @JsonProperty("created_at") String createdAt,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer code,

        String error,

        @JsonProperty("error_code") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String errorCode,

        Timings timings,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable QueueView queue,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SubmissionView submission,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> metadata,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ImageView> images,

        @JsonProperty("source_urls") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> sourceUrls,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CostView cost) {

    static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The provider's code, by which its clients recognise the answer, as they do by the words. */
    private static final int WAIT_TOO_SHORT = 5004;

    @RegisterForReflection
    public record Urls(String get) {}

    /** {@code inference} is in milliseconds, 0 until it is known. */
    @RegisterForReflection
    public record Timings(long inference) {}

    /** What becomes of a parameter that the request has, if it is not what the parameter asks for. */
    @RegisterForReflection
    public record Warning(String field, String message) {

        public static List<Warning> of(Notices notices) {
            return notices.warnings().stream()
                    .map(warning -> new Warning(warning.field(), warning.message()))
                    .toList();
        }
    }

    /**
     * {@code position} is there if the request is queued; {@code end} is when the state times out, if it does.
     *
     * @param links the addresses of the images, one for each output
     */
    static GenerationView of(
            Generation generation,
            Optional<QueuePosition> position,
            Optional<Instant> end,
            String resultUrl,
            List<String> links,
            Notices notices) {
        var completed = generation.state() instanceof State.Completed state ? state : null;
        var failure = generation.failure().orElse(null);
        var outputs = completed == null ? List.<Output>of() : completed.outputs();
        return new GenerationView(
                generation.id().value(),
                generation.request().model().value(),
                links,
                new Urls(resultUrl),
                outputs.stream().map(Output::nsfw).toList(),
                status(generation.state().status()),
                ISO.format(generation.createdAt()),
                null,
                failure == null ? "" : failure.text(),
                failure == null ? null : failure.code(),
                new Timings(completed == null ? 0 : completed.inference().toMillis()),
                position.map(QueueView::of).orElse(null),
                generation.state() instanceof State.Unconfirmed state
                        ? end.map(until -> SubmissionView.of(state, until)).orElse(null)
                        : null,
                generation.request().metadata().pairs(),
                List.of(),
                List.of(),
                Warning.of(notices),
                CostView.of(generation));
    }

    /** The same view with what is known of the images. */
    GenerationView withImages(List<ImageView> known) {
        return with(status, code, error, known, sourceUrls);
    }

    /** The same view with the provider's addresses of the images. */
    GenerationView withSources(List<String> addresses) {
        return with(status, code, error, images, addresses);
    }

    /** The same view as the answer to a caller that has waited for {@code time}, and too short. */
    public GenerationView afterWait(Duration time) {
        var seconds = BigDecimal.valueOf(time.toMillis() / 100, 1).stripTrailingZeros();
        var waited = "Sync mode timed out after %s seconds. The prediction is still processing asynchronously."
                .formatted(seconds.toPlainString());
        return with(status(Status.PROCESSING), WAIT_TOO_SHORT, waited, images, sourceUrls);
    }

    private GenerationView with(
            String shown, @Nullable Integer reason, String text, List<ImageView> known, List<String> addresses) {
        return new GenerationView(
                id,
                model,
                outputs,
                urls,
                hasNsfwContents,
                shown,
                createdAt,
                reason,
                text,
                errorCode,
                timings,
                queue,
                submission,
                metadata,
                known,
                addresses,
                warnings,
                cost);
    }

    /** The status that callers see. */
    public static String status(Status status) {
        return switch (status) {
            case QUEUED, SUBMITTING -> "created";
            case UNCONFIRMED, PROCESSING -> "processing";
            case COMPLETED -> "completed";
            case FAILED, CANCELLED -> "failed";
        };
    }
}
