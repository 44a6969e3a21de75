package dev.darkroom.core.joining;

import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.UnreadableRowException;
import dev.darkroom.core.submission.NewIds;
import dev.darkroom.core.submission.Preparation;
import dev.darkroom.core.submission.PreparedRequest;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * Submits a request of a client that repeats requests without an idempotency key. A retry gets the generation of the
 * request that it repeats. The generation's id is stored before anything is paid for, so that a retry finds it whatever
 * happens to this process.
 */
public final class SubmitCall {

    /** When a request that was one too many may be sent again. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final SubmitGeneration submitGeneration;
    private final CallStore calls;
    private final CallOpener opener;
    private final GenerationContext context;

    /** {@code newIds} names the new generations, and the requests. */
    public SubmitCall(SubmitGeneration submitGeneration, CallStore calls, GenerationContext context, NewIds newIds) {
        this.submitGeneration = submitGeneration;
        this.calls = calls;
        this.opener = new CallOpener(calls, context.clock(), newIds);
        this.context = context;
    }

    /**
     * What became of a request.
     *
     * @param call for {@link SettleCall}, when the request is answered; empty when nothing was stored, when the row
     *     cannot be read, or when the request has an idempotency key, which then decides alone
     */
    public record Submitted(Submission submission, Optional<OpenCall> call) {}

    /**
     * An invalid request writes nothing. Throws {@link StoreUnavailableException} when the call could not be stored;
     * then nothing is paid for.
     */
    public Submitted submit(Command command, ClientRequest client) {
        if (command.key().isPresent()) {
            return new Submitted(submitGeneration.submit(command), Optional.empty());
        }
        return switch (submitGeneration.prepare(command)) {
            case Preparation.Refused(var refusal, var _) -> new Submitted(refusal, Optional.empty());
            case Preparation.Prepared(var request) -> submit(request, client);
        };
    }

    private Submitted submit(PreparedRequest request, ClientRequest client) {
        var key = CallKey.of(request.command().owner(), client.route(), request.request());
        for (var call = opener.open(key, client); call.isPresent(); call = opener.open(key, client)) {
            var submission = submit(request, call.get());
            switch (submission) {
                // The owner has deleted the generation meanwhile, and now wants another one.
                case Submission.Deleted() -> calls.remove(key, call.get().generation());
                case Submission.QueueFull _, Submission.OverBudget _, Submission.Unpriced _ -> {
                    if (call.get().isNew()) {
                        calls.remove(key, call.get().generation());
                    }
                    return new Submitted(submission, Optional.empty());
                }
                // Every request of the call would fail at this row, so the next one begins a call of its own.
                case Submission.NotStored(var _, var cause)
                when cause instanceof UnreadableRowException -> {
                    calls.remove(key, call.get().generation());
                    return new Submitted(submission, Optional.empty());
                }
                case Submission.Stored _,
                        Submission.NotStored _,
                        Submission.UnknownModel _,
                        Submission.InvalidInput _,
                        Submission.KeyReused _ -> {
                    return new Submitted(submission, call);
                }
            }
        }
        return new Submitted(new Submission.QueueFull(RETRY_AFTER), Optional.empty());
    }

    private Submission submit(PreparedRequest request, OpenCall call) {
        if (call.isNew()) {
            return submitGeneration.submit(request, call.generation());
        }
        context.listener().retryJoined(call.generation());
        return submitGeneration.resume(request, call.generation());
    }
}
