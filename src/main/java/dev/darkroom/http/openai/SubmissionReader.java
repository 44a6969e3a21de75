package dev.darkroom.http.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.catalogue.Warning;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.submission.QuoteSubmission.Quote;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.DryRun;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.KeyHeader;
import dev.darkroom.http.MetadataField;
import dev.darkroom.http.QueryParameters;
import dev.darkroom.http.RequestJson;
import dev.darkroom.http.WebhookFields;
import dev.darkroom.http.openai.request.ImagesRequest;
import dev.darkroom.http.openai.request.ModelInput;
import dev.darkroom.http.openai.request.RequestReader;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads requests as submissions. The model's own check of its parameters comes with the submission. */
@Singleton
public class SubmissionReader {

    private final ModelCatalogue catalogue;
    private final OpenAiConfig config;
    private final InstantSource clock;

    public SubmissionReader(ModelCatalogue catalogue, OpenAiConfig config, InstantSource clock) {
        this.catalogue = catalogue;
        this.config = config;
        this.clock = clock;
    }

    /** The result of {@link #read}. */
    sealed interface Result {

        /**
         * A submission.
         *
         * @param isInline whether the answer has the images themselves in place of their addresses
         * @param warnings what the request gets in another way than it asks for
         */
        record Read(Command command, boolean isInline, List<Warning> warnings) implements Result {

            public Read {
                warnings = List.copyOf(warnings);
            }

            /** The same with the warnings of the request among its notices. */
            Submission.Stored warned(Submission.Stored stored) {
                return new Submission.Stored(
                        stored.generation(), stored.position(), warned(stored.notices()), stored.repeated());
            }

            /** The same with the warnings of the request among its notices. */
            Quote.Valid warned(Quote.Valid quote) {
                return new Quote.Valid(
                        quote.model(), quote.price(), quote.budgets(), quote.position(), warned(quote.notices()));
            }

            private Notices warned(Notices notices) {
                return notices.and(new Notices(warnings, Optional.empty()));
            }
        }

        record Refused(ApiError error) implements Result {}
    }

    Result read(ApiGatewayRequest request, Caller caller) {
        var query = QueryParameters.violationsBeside(DryRun.NAME, DryRun.violation(request), request);
        if (!query.isEmpty()) {
            return refused(query);
        }
        return switch (RequestJson.of(request)) {
            case RequestJson.Refused(var code, var violation) -> refused(ApiError.of(code, List.of(violation)));
            case RequestJson.Read(var body) ->
                key(request, key -> metadata(request, metadata -> read(request, caller, key, metadata, body)));
        };
    }

    private static Result key(ApiGatewayRequest request, Function<Optional<IdempotencyKey>, Result> next) {
        return switch (KeyHeader.of(request)) {
            case KeyHeader.Refused(var message) ->
                refused(ApiError.of(ErrorCode.INVALID_IDEMPOTENCY_KEY, KeyHeader.NAME, message));
            case KeyHeader.Accepted(var key) -> next.apply(key);
        };
    }

    private static Result metadata(ApiGatewayRequest request, Function<Metadata, Result> next) {
        return switch (MetadataField.ofHeader(request)) {
            case MetadataField.Refused(var message) -> refused(List.of(new Violation(MetadataField.HEADER, message)));
            case MetadataField.Accepted(var metadata) -> next.apply(metadata);
        };
    }

    private Result read(
            ApiGatewayRequest request,
            Caller caller,
            Optional<IdempotencyKey> key,
            Metadata metadata,
            ObjectNode body) {
        var webhooks = WebhookFields.takeFrom(body);
        if (!webhooks.violations().isEmpty()) {
            return refused(webhooks.violations());
        }
        return switch (RequestReader.read(body, metadata)) {
            case RequestReader.Result.Refused(var violations) -> refused(violations);
            case RequestReader.Result.Read(var images) -> {
                var name = images.model().or(config::defaultModel).orElse("");
                var model = ModelId.parse(name).flatMap(id -> catalogue.serving(id, clock.instant()));
                yield model.isEmpty()
                        ? unknownModel(name)
                        : read(
                                images,
                                model.get(),
                                new Command(caller.owner(), name, "", key, request.answerBy())
                                        .sentWith(caller.key())
                                        .owing(webhooks.owed())
                                        .arrivedAt(request.arrival()));
            }
        };
    }

    private Result unknownModel(String name) {
        return name.isEmpty()
                ? refused(List.of(new Violation("model", "is required: GET /v1/models lists the models")))
                : refused(ApiError.of(ErrorCode.MODEL_NOT_FOUND, "model", catalogue.unknown(name)));
    }

    private static Result read(ImagesRequest request, Model model, Command command) {
        return switch (ModelInput.of(request, model)) {
            case ModelInput.Refused(var violations) -> refused(violations);
            case ModelInput.Asked(var body, var calls, var warnings) ->
                new Result.Read(
                        command.withBody(body).with(request.metadata()).times(calls), request.isInline(), warnings);
        };
    }

    private static Result refused(List<Violation> violations) {
        return refused(ApiError.of(ErrorCode.INVALID_INPUT, violations));
    }

    private static Result refused(ApiError error) {
        return new Result.Refused(error);
    }
}
