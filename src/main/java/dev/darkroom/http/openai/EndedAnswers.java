package dev.darkroom.http.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.archive.ReadImages;
import dev.darkroom.core.archive.ReadImages.Images;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.CostView;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.KeyHeader;
import dev.darkroom.http.Retirement;
import dev.darkroom.http.openai.wire.ImagesAnswer;
import dev.darkroom.http.openai.wire.OpenAiDialect;
import dev.darkroom.http.openai.wire.OpenAiPaths;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Makes the answers about generations that have ended. */
@Singleton
public class EndedAnswers {

    /**
     * In bytes of all images together. Lambda answers at most 6 MB, base64 is a third longer than its bytes, and the
     * rest of the answer needs some room too.
     */
    static final long MAX_BYTES = 4_500_000;

    private final ReadImages readImages;
    private final TaskViews views;

    public EndedAnswers(ReadImages readImages, TaskViews views) {
        this.readImages = readImages;
        this.views = views;
    }

    /** The result of {@link #of}. */
    sealed interface Ended {

        /** The answer that ends the request for its client. */
        record Final(ObjectNode answer) implements Ended {}

        /** The images could not be read this time. */
        record Later(ApiError error) implements Ended {}
    }

    /** {@code stored} has ended; calls to a provider end by {@code deadline}. */
    Ended of(Submission.Stored stored, Wanted wanted, Instant deadline) {
        var generation = stored.generation();
        var failure = generation.failure();
        if (failure.isPresent()) {
            return error(FailureError.of(generation, failure.get()));
        }
        return wanted.isInline()
                ? inline(stored, deadline)
                : ok(views.images(generation, stored.notices(), wanted.address()), stored);
    }

    private Ended inline(Submission.Stored stored, Instant deadline) {
        var generation = stored.generation();
        return switch (readImages.read(generation.id(), MAX_BYTES, deadline)) {
            case Images.Read(var images) -> ok(ImagesAnswer.ofImages(generation, images, stored.notices()), stored);
            case Images.TooLarge() -> error(tooLarge(generation));
            case Images.Gone() ->
                error(ApiError.of(ErrorCode.IMAGE_GONE, "The images were deleted, have expired, or cannot be fetched.")
                        .about(generation));
            case Images.Unavailable() -> new Ended.Later(unavailable(generation));
        };
    }

    private static ApiError tooLarge(Generation generation) {
        return ApiError.of(
                        ErrorCode.ANSWER_TOO_LARGE,
                        "response_format",
                        "must be url: the images have more than %d bytes together, which is too much for one answer. They are paid for: read their addresses at %s"
                                .formatted(MAX_BYTES, OpenAiPaths.task(generation.id())))
                .about(generation);
    }

    private static ApiError unavailable(Generation generation) {
        return ApiError.of(
                        ErrorCode.IMAGES_UNAVAILABLE,
                        "The images cannot be read at the moment. Send the same request again, or read their addresses at %s."
                                .formatted(OpenAiPaths.task(generation.id())))
                .about(generation);
    }

    private static Ended ok(ImagesAnswer answer, Submission.Stored stored) {
        return new Ended.Final(OpenAiDialect.ok(answer, headers(stored)));
    }

    /** The headers of an answer about a stored generation. */
    static Map<String, String> headers(Submission.Stored stored) {
        var headers = new HashMap<>(Retirement.headers(stored.notices().retiredOn()));
        headers.putAll(KeyHeader.replayed(stored.repeated()));
        headers.putAll(CostView.header(CostView.of(stored.generation())));
        return headers;
    }

    private static Ended error(ApiError error) {
        return new Ended.Final(OpenAiDialect.error(error));
    }
}
