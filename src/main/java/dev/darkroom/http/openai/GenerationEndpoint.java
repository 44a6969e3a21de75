package dev.darkroom.http.openai;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.core.joining.ClientRequest;
import dev.darkroom.core.joining.SubmitCall;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.http.AnswerLimit;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.RetryCount;
import dev.darkroom.http.SubmissionErrors;
import dev.darkroom.http.openai.wire.OpenAiDialect;
import jakarta.inject.Singleton;

/**
 * {@code POST /v1/images/generations}: the answer waits for the images. After "ask again", a client gets the same
 * generation.
 */
@Singleton
public class GenerationEndpoint {

    private static final String ROUTE = "images/generations";

    private final SubmissionReader reader;
    private final SubmitCall submitCall;
    private final AnswerLimit limit;
    private final CallAnswers answers;
    private final TaskViews views;

    public GenerationEndpoint(
            SubmissionReader reader, SubmitCall submitCall, AnswerLimit limit, CallAnswers answers, TaskViews views) {
        this.reader = reader;
        this.submitCall = submitCall;
        this.limit = limit;
        this.answers = answers;
        this.views = views;
    }

    ObjectNode answer(ApiGatewayRequest request, Context context, Caller caller) {
        return switch (reader.read(request, caller)) {
            case SubmissionReader.Result.Refused(var error) -> OpenAiDialect.error(error);
            case SubmissionReader.Result.Read read -> {
                var preferred = limit.preferred(request, context);
                var wait = preferred.orElseGet(() -> limit.longest(request, context));
                // The address is made first, because nothing may fail once the generation is paid for.
                var answer = submit(
                        request,
                        read,
                        new Wanted(read.isInline(), views.address(request), wait, request.isOfFunctionUrl()));
                preferred.ifPresent(applied -> applied.headers().forEach(answer.withObject("/headers")::put));
                yield answer;
            }
        };
    }

    private ObjectNode submit(ApiGatewayRequest request, SubmissionReader.Result.Read read, Wanted wanted) {
        var client =
                new ClientRequest(ROUTE, RetryCount.of(request), wanted.period().until());
        var submitted = submitCall.submit(read.command(), client);
        return switch (submitted.submission()) {
            case Submission.Stored stored -> answers.of(read.warned(stored), submitted.call(), wanted);
            case Submission.NotStored notStored -> answers.of(notStored, submitted.call());
            case Submission.Refusal refusal -> OpenAiDialect.error(SubmissionErrors.of(refusal));
        };
    }
}
