package dev.darkroom.http.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.joining.OpenCall;
import dev.darkroom.core.joining.SettleCall;
import dev.darkroom.core.store.Deadline;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.core.waiting.AwaitGeneration;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.KeyHeader;
import dev.darkroom.http.SubmissionErrors;
import dev.darkroom.http.openai.EndedAnswers.Ended;
import dev.darkroom.http.openai.wire.OpenAiDialect;
import dev.darkroom.http.openai.wire.OpenAiPaths;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Waits for a generation, and answers its caller. Which answer it is, is stored before it is sent, so that a retry gets
 * the same generation.
 */
@Singleton
public class CallAnswers {

    /** For the calls after the wait. The function has a little more time than that. */
    private static final Duration AFTER_WAIT = Duration.ofSeconds(1);

    private final AwaitGeneration awaitGeneration;
    private final SettleCall settleCall;
    private final EndedAnswers endedAnswers;
    private final HttpErrorBoundary boundary;
    private final GenerationListener events;
    private final InstantSource clock;

    public CallAnswers(
            AwaitGeneration awaitGeneration,
            SettleCall settleCall,
            EndedAnswers endedAnswers,
            HttpErrorBoundary boundary,
            GenerationListener events,
            InstantSource clock) {
        this.awaitGeneration = awaitGeneration;
        this.settleCall = settleCall;
        this.endedAnswers = endedAnswers;
        this.boundary = boundary;
        this.events = events;
        this.clock = clock;
    }

    /** {@code call} is empty when the request has an idempotency key, under which it can be sent again anyway. */
    ObjectNode of(Submission.Stored stored, Optional<OpenCall> call, Wanted wanted) {
        var until = wanted.period().until();
        var waited = awaitGeneration.await(stored, until);
        var deadline = later(until, clock.instant()).plus(AFTER_WAIT);
        var answer = Deadline.within(Optional.of(deadline), () -> answer(waited, call, wanted, deadline));
        KeyHeader.replayed(stored.repeated()).forEach(answer.withObject("/headers")::put);
        return answer;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private ObjectNode answer(Submission.Stored stored, Optional<OpenCall> call, Wanted wanted, Instant deadline) {
        return switch (ended(stored, wanted, deadline)) {
            case Ended.Final(var answer) -> settled(answer, call);
            case Ended.Later(var error) ->
                askAgain(stored.generation().id(), call, error, wanted)
                        .orElseGet(() -> answeredMeanwhile(stored, wanted, deadline));
        };
    }

    private Ended ended(Submission.Stored stored, Wanted wanted, Instant deadline) {
        var generation = stored.generation();
        return generation.state().status().isTerminal()
                ? endedAnswers.of(stored, wanted, deadline)
                : new Ended.Later(stillRunning(generation));
    }

    /** The answer that ends the request for its client. */
    ObjectNode settled(ObjectNode answer, Optional<OpenCall> call) {
        call.ifPresent(settleCall::answered);
        return answer;
    }

    /** The error, once a retry finds the generation; empty when another request of the call was answered meanwhile. */
    private Optional<ObjectNode> askAgain(GenerationId id, Optional<OpenCall> call, ApiError error, Wanted wanted) {
        try {
            return call.isEmpty() || settleCall.askAgain(call.get())
                    ? Optional.of(later(id, error, wanted))
                    : Optional.empty();
        } catch (StoreUnavailableException e) {
            return Optional.of(boundary.failed(e, readLater(id), OpenAiDialect.INSTANCE));
        }
    }

    /** The generation has ended, so one more read is enough. */
    private ObjectNode answeredMeanwhile(Submission.Stored stored, Wanted wanted, Instant deadline) {
        var current = awaitGeneration.await(stored, clock.instant().plus(AFTER_WAIT));
        return switch (ended(current, wanted, deadline)) {
            case Ended.Final(var answer) -> answer;
            case Ended.Later(var error) -> later(current.generation().id(), error, wanted);
        };
    }

    private ObjectNode later(GenerationId id, ApiError error, Wanted wanted) {
        if (error.code() == ErrorCode.STILL_RUNNING && !wanted.isOfFunctionUrl()) {
            events.askedAgain(id);
        }
        return OpenAiDialect.error(error);
    }

    /** The row may be stored or not. A retry stores it under the same id. */
    ObjectNode of(Submission.NotStored notStored, Optional<OpenCall> call) {
        var id = notStored.id();
        var error = SubmissionErrors.of(notStored, OpenAiPaths.task(id));
        var answer = boundary.failed(notStored.cause(), error, OpenAiDialect.INSTANCE);
        try {
            call.ifPresent(settleCall::askAgain);
            return answer;
        } catch (StoreUnavailableException e) {
            return boundary.failed(e, readLater(id), OpenAiDialect.INSTANCE);
        }
    }

    private static ApiError stillRunning(Generation generation) {
        var id = generation.id();
        return ApiError.of(
                        ErrorCode.STILL_RUNNING,
                        "Generation %s is not finished yet. Send the same request again: it waits for the same images, which are paid for once. Or read them at %s."
                                .formatted(id, OpenAiPaths.task(id)))
                .about(generation);
    }

    /** A client that repeats the request by itself could pay for another generation, so this error is final. */
    private static ApiError readLater(GenerationId id) {
        return ApiError.of(
                        ErrorCode.READ_RESULT_LATER,
                        "The gateway's table does not answer at the moment. Generation %s may have been paid for: read %s before you send the request again."
                                .formatted(id, OpenAiPaths.task(id)))
                .with(id);
    }
}
