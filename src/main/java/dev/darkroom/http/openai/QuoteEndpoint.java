package dev.darkroom.http.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.core.submission.QuoteSubmission;
import dev.darkroom.core.submission.QuoteSubmission.Quote;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.QuoteView;
import dev.darkroom.http.Retirement;
import dev.darkroom.http.SubmissionErrors;
import dev.darkroom.http.openai.wire.OpenAiDialect;
import jakarta.inject.Singleton;

/** Both POSTs of images with {@code ?dry_run=true}: what they would cost. */
@Singleton
public class QuoteEndpoint {

    private final SubmissionReader reader;
    private final QuoteSubmission quoteSubmission;

    public QuoteEndpoint(SubmissionReader reader, QuoteSubmission quoteSubmission) {
        this.reader = reader;
        this.quoteSubmission = quoteSubmission;
    }

    ObjectNode answer(ApiGatewayRequest request, Caller caller) {
        return switch (reader.read(request, caller)) {
            case SubmissionReader.Result.Refused(var error) -> OpenAiDialect.error(error);
            case SubmissionReader.Result.Read read -> quote(read);
        };
    }

    private ObjectNode quote(SubmissionReader.Result.Read read) {
        return switch (quoteSubmission.quote(read.command())) {
            case Quote.Refused(var refusal) -> OpenAiDialect.error(SubmissionErrors.of(refusal));
            case Quote.Valid valid ->
                HttpResponses.ok(
                        QuoteView.of(read.warned(valid)).toString(),
                        Retirement.headers(valid.notices().retiredOn()));
        };
    }
}
