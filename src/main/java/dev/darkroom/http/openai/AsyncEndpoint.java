package dev.darkroom.http.openai;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.core.joining.ClientRequest;
import dev.darkroom.core.joining.SubmitCall;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.http.AnswerLimit;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.PublicUrl;
import dev.darkroom.http.RetryCount;
import dev.darkroom.http.SubmissionErrors;
import dev.darkroom.http.openai.wire.OpenAiDialect;
import jakarta.inject.Singleton;

/** {@code POST /v1/images/generations/async}: the same request, whose caller reads later what became of it. */
@Singleton
public class AsyncEndpoint {

    private static final String ROUTE = "images/generations/async";

    private final SubmissionReader reader;
    private final SubmitCall submitCall;
    private final CallAnswers answers;
    private final AnswerLimit limit;
    private final TaskViews views;

    public AsyncEndpoint(
            SubmissionReader reader, SubmitCall submitCall, CallAnswers answers, AnswerLimit limit, TaskViews views) {
        this.reader = reader;
        this.submitCall = submitCall;
        this.answers = answers;
        this.limit = limit;
        this.views = views;
    }

    /** A task has addresses of images only, so it does not matter in which form the request wants them. */
    ObjectNode answer(ApiGatewayRequest request, Context context, Caller caller) {
        return switch (reader.read(request, caller)) {
            case SubmissionReader.Result.Refused(var error) -> OpenAiDialect.error(error);
            case SubmissionReader.Result.Read read ->
                submit(
                        new ClientRequest(
                                ROUTE,
                                RetryCount.of(request),
                                limit.longest(request, context).until()),
                        read,
                        views.address(request));
        };
    }

    private ObjectNode submit(ClientRequest client, SubmissionReader.Result.Read read, PublicUrl address) {
        var submitted = submitCall.submit(read.command(), client);
        return switch (submitted.submission()) {
            case Submission.Stored stored ->
                answers.settled(
                        OpenAiDialect.accepted(
                                views.of(
                                        stored.generation(), read.warned(stored).notices(), address),
                                EndedAnswers.headers(stored)),
                        submitted.call());
            case Submission.NotStored notStored -> answers.of(notStored, submitted.call());
            case Submission.Refusal refusal -> OpenAiDialect.error(SubmissionErrors.of(refusal));
        };
    }
}
