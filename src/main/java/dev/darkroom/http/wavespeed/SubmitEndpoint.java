package dev.darkroom.http.wavespeed;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.core.waiting.AwaitGeneration;
import dev.darkroom.http.AnswerLimit;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.KeyHeader;
import dev.darkroom.http.PublicUrl;
import dev.darkroom.http.Retirement;
import dev.darkroom.http.SubmissionErrors;
import dev.darkroom.http.wavespeed.wire.ApiPaths;
import dev.darkroom.http.wavespeed.wire.GenerationView;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code POST /api/v3/{model}}. */
@Singleton
public class SubmitEndpoint {

    private final SubmitGeneration submitGeneration;
    private final AwaitGeneration awaitGeneration;
    private final AnswerLimit limit;
    private final GenerationViews views;
    private final HttpErrorBoundary boundary;

    public SubmitEndpoint(
            SubmitGeneration submitGeneration,
            AwaitGeneration awaitGeneration,
            AnswerLimit limit,
            GenerationViews views,
            HttpErrorBoundary boundary) {
        this.submitGeneration = submitGeneration;
        this.awaitGeneration = awaitGeneration;
        this.limit = limit;
        this.views = views;
        this.boundary = boundary;
    }

    ObjectNode answer(ApiGatewayRequest request, Context context, Caller caller, String model) {
        return switch (CommandReader.read(request, caller, model)) {
            case CommandReader.Result.Refused(var error) -> WaveSpeedDialect.error(error);
            case CommandReader.Result.Read(var command) ->
                // The address is made first, because nothing may fail once the generation is paid for.
                submit(command, views.address(request), SubmissionWait.of(limit, request, context, command.body()));
        };
    }

    private ObjectNode submit(Command command, PublicUrl address, Optional<SubmissionWait> wait) {
        return switch (submitGeneration.submit(command)) {
            case Submission.Stored stored ->
                wait.map(wanted -> shown(
                                awaitGeneration.await(stored, wanted.period().until()), address, wanted))
                        .orElseGet(() -> shown(stored, address));
            case Submission.NotStored notStored ->
                boundary.failed(
                        notStored.cause(),
                        SubmissionErrors.of(notStored, ApiPaths.result(notStored.id())),
                        WaveSpeedDialect.INSTANCE);
            case Submission.Refusal refusal -> WaveSpeedDialect.error(SubmissionErrors.of(refusal));
        };
    }

    private ObjectNode shown(Submission.Stored stored, PublicUrl address) {
        return WaveSpeedDialect.ok(view(stored, address), headers(stored));
    }

    private ObjectNode shown(Submission.Stored stored, PublicUrl address, SubmissionWait wait) {
        var headers = headers(stored);
        headers.putAll(wait.headers());
        var status = stored.generation().state().status();
        return WaveSpeedDialect.ok(wait.shown(view(stored, address), status), headers);
    }

    private static Map<String, String> headers(Submission.Stored stored) {
        var headers = new HashMap<>(Retirement.headers(stored.notices().retiredOn()));
        headers.putAll(KeyHeader.replayed(stored.repeated()));
        return headers;
    }

    private GenerationView view(Submission.Stored stored, PublicUrl address) {
        return views.of(stored.generation(), stored.position(), address, stored.notices());
    }
}
