package dev.darkroom.http.wavespeed;

import dev.darkroom.core.account.Caller;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.KeyHeader;
import dev.darkroom.http.MetadataField;
import dev.darkroom.http.RequestBody;
import dev.darkroom.http.WebhookFields;
import java.util.List;

/** Reads the request of a submission. The model's own check of its parameters comes later. */
final class CommandReader {

    /** The result of {@link #read}. */
    sealed interface Result {

        record Read(Command command) implements Result {}

        record Refused(ApiError error) implements Result {}
    }

    private CommandReader() {}

    static Result read(ApiGatewayRequest request, Caller caller, String model) {
        var query = SubmissionQuery.violations(request);
        if (!query.isEmpty()) {
            return new Result.Refused(ApiError.of(ErrorCode.INVALID_INPUT, query));
        }
        return switch (RequestBody.of(request)) {
            case RequestBody.Refused(var code, var violation) ->
                new Result.Refused(ApiError.of(code, List.of(violation)));
            case RequestBody.Text(var text) -> read(request, caller, model, WebhookFields.takeFrom(text));
        };
    }

    private static Result read(ApiGatewayRequest request, Caller caller, String model, WebhookFields.Body body) {
        var webhooks = WebhookFields.ofQuery(request).and(body.fields());
        if (!webhooks.violations().isEmpty()) {
            return new Result.Refused(ApiError.of(ErrorCode.INVALID_INPUT, webhooks.violations()));
        }
        return switch (KeyHeader.of(request)) {
            case KeyHeader.Refused(var message) ->
                new Result.Refused(ApiError.of(ErrorCode.INVALID_IDEMPOTENCY_KEY, KeyHeader.NAME, message));
            case KeyHeader.Accepted(var key) ->
                withMetadata(
                        request,
                        new Command(caller.owner(), model, body.text(), key, request.answerBy())
                                .sentWith(caller.key())
                                .owing(webhooks.owed()));
        };
    }

    private static Result withMetadata(ApiGatewayRequest request, Command command) {
        return switch (MetadataField.ofHeader(request)) {
            case MetadataField.Refused(var message) ->
                new Result.Refused(ApiError.of(ErrorCode.INVALID_INPUT, MetadataField.HEADER, message));
            case MetadataField.Accepted(var metadata) ->
                new Result.Read(command.with(metadata).arrivedAt(request.arrival()));
        };
    }
}
