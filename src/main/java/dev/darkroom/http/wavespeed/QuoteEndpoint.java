package dev.darkroom.http.wavespeed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.core.submission.QuoteSubmission;
import dev.darkroom.core.submission.QuoteSubmission.Quote;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.QuoteView;
import dev.darkroom.http.Retirement;
import dev.darkroom.http.SubmissionErrors;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.inject.Singleton;

/** {@code POST /api/v3/{model}?dry_run=true}: what the submission would cost. */
@Singleton
public class QuoteEndpoint {

    private final QuoteSubmission quoteSubmission;

    public QuoteEndpoint(QuoteSubmission quoteSubmission) {
        this.quoteSubmission = quoteSubmission;
    }

    ObjectNode answer(ApiGatewayRequest request, Caller caller, String model) {
        return switch (CommandReader.read(request, caller, model)) {
            case CommandReader.Result.Refused(var error) -> WaveSpeedDialect.error(error);
            case CommandReader.Result.Read(var command) -> quote(command);
        };
    }

    private ObjectNode quote(Command command) {
        return switch (quoteSubmission.quote(command)) {
            case Quote.Refused(var refusal) -> WaveSpeedDialect.error(SubmissionErrors.of(refusal));
            case Quote.Valid valid -> {
                var envelope =
                        JsonNodeFactory.instance.objectNode().put("code", 200).put("message", "success");
                envelope.set("data", QuoteView.of(valid));
                yield HttpResponses.ok(
                        envelope.toString(), Retirement.headers(valid.notices().retiredOn()));
            }
        };
    }
}
