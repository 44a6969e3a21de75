package dev.darkroom.http.webhook;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.provider.ProviderWebhook;
import dev.darkroom.core.step.ReceiveWebhook;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.RequestBytes;
import dev.darkroom.observability.Metrics;
import dev.darkroom.observability.Metrics.Metric;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import org.jboss.logging.MDC;

/**
 * {@code POST /webhooks/{provider}/{id}}: a provider's webhook when a prediction has ended, authenticated as this
 * provider does it.
 */
@Named("receive-webhook")
@ApplicationScoped
public class ReceiveWebhookHandler implements RequestHandler<JsonNode, JsonNode> {

    private final ImageProviders providers;
    private final ReceiveWebhook receiveWebhook;
    private final HttpErrorBoundary boundary;
    private final Metrics metrics;

    public ReceiveWebhookHandler(
            ImageProviders providers, ReceiveWebhook receiveWebhook, HttpErrorBoundary boundary, Metrics metrics) {
        this.providers = providers;
        this.receiveWebhook = receiveWebhook;
        this.boundary = boundary;
        this.metrics = metrics;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return boundary.run(context, request, WebhookErrors.INSTANCE, () -> switch (RequestBytes.of(request)) {
            case RequestBytes.Refused(var code, var violation) -> refused(code, violation);
            case RequestBytes.Received(var bytes) -> receive(request, bytes);
        });
    }

    private ObjectNode receive(ApiGatewayRequest request, byte[] body) {
        var provider = ProviderId.parse(request.pathParameter("provider")).flatMap(providers::find);
        var verifier = provider.flatMap(ImageProvider::webhooks);
        if (provider.isEmpty() || verifier.isEmpty()) {
            return HttpResponses.error(
                    ApiError.noRoute("no provider of this name sends webhooks"), WebhookErrors.INSTANCE);
        }
        return switch (verifier.get().verify(request.headers(), body)) {
            case ProviderWebhook.Disabled() ->
                HttpResponses.error(ApiError.noRoute("webhooks are off"), WebhookErrors.INSTANCE);
            case ProviderWebhook.Rejected(var field, var reason) ->
                refused(ErrorCode.WEBHOOK_REFUSED, new Violation(field, reason));
            case ProviderWebhook.Unreadable(var field, var reason) ->
                refused(ErrorCode.INVALID_INPUT, new Violation(field, reason));
            case ProviderWebhook.Verified webhook ->
                receive(request, provider.get().id(), webhook);
        };
    }

    private ObjectNode receive(ApiGatewayRequest request, ProviderId provider, ProviderWebhook.Verified webhook) {
        var id = GenerationId.parse(request.pathParameter("id"));
        if (id.isEmpty()) {
            return refused(ErrorCode.INVALID_ID, new Violation("id", "must be 32 lower-case hexadecimal digits"));
        }
        MDC.put("generationId", id.get());
        return switch (receiveWebhook.receive(provider, id.get(), webhook)) {
            case APPLIED -> HttpResponses.noContent();
            case UNKNOWN_GENERATION -> refused(ApiError.noGeneration());
            case PREDICTION_MISMATCH ->
                refused(ApiError.of(
                        ErrorCode.PREDICTION_MISMATCH,
                        "The generation has another prediction, another input or another provider."));
        };
    }

    private ObjectNode refused(ErrorCode code, Violation violation) {
        return refused(ApiError.of(code, List.of(violation)));
    }

    private ObjectNode refused(ApiError error) {
        metrics.count(Metric.WEBHOOKS_REFUSED);
        return HttpResponses.error(error, WebhookErrors.INSTANCE);
    }
}
