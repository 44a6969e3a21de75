package dev.darkroom.http.wavespeed.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.QuotePrice;
import dev.darkroom.core.catalogue.QuotePrice.Quote;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.Dialect;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.QueryParameters;
import dev.darkroom.http.RequestBody;
import dev.darkroom.http.Retirement;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BiFunction;

/** {@code POST /api/v3/model/price} and {@code POST /api/v3/model/pricing}: the same question, with two answers. */
@Singleton
public class PriceEndpoint {

    private final QuotePrice quotePrice;

    public PriceEndpoint(QuotePrice quotePrice) {
        this.quotePrice = quotePrice;
    }

    /** {@code view} writes the answer about a model, as JSON. */
    ObjectNode answer(ApiGatewayRequest request, BiFunction<String, Quote.Valid, String> view, Dialect dialect) {
        var query = QueryParameters.violations(request);
        if (!query.isEmpty()) {
            return HttpResponses.error(ApiError.of(ErrorCode.INVALID_INPUT, query), dialect);
        }
        return switch (RequestBody.of(request)) {
            case RequestBody.Refused(var code, var violation) ->
                HttpResponses.error(ApiError.of(code, List.of(violation)), dialect);
            case RequestBody.Text(var body) ->
                switch (PriceQuestion.of(body)) {
                    case PriceQuestion.Refused(Violation(var field, var message)) -> refused(field, message, dialect);
                    case PriceQuestion.Asked(var model, var inputs) ->
                        answer(model, quotePrice.quote(model, inputs), view, dialect);
                };
        };
    }

    private static ObjectNode answer(
            String model, Quote quote, BiFunction<String, Quote.Valid, String> view, Dialect dialect) {
        return switch (quote) {
            case Quote.Valid valid ->
                HttpResponses.ok(
                        view.apply(model, valid),
                        Retirement.headers(valid.notices().retiredOn()));
            case Quote.InvalidInput(var violations) ->
                HttpResponses.error(ApiError.of(ErrorCode.INVALID_INPUT, violations), dialect);
            case Quote.UnknownModel(var message) ->
                HttpResponses.error(ApiError.of(ErrorCode.MODEL_NOT_FOUND, PriceQuestion.MODEL, message), dialect);
        };
    }

    private static ObjectNode refused(String field, String message, Dialect dialect) {
        return HttpResponses.error(ApiError.of(ErrorCode.INVALID_INPUT, field, message), dialect);
    }
}
