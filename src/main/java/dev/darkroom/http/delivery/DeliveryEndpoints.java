package dev.darkroom.http.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.delivery.DeliverWebhookStep;
import dev.darkroom.core.delivery.EndpointDeliveries;
import dev.darkroom.core.delivery.ManageEndpoints;
import dev.darkroom.core.delivery.Redeliver;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.webhook.Delivery;
import dev.darkroom.core.webhook.EndpointId;
import dev.darkroom.core.webhook.WebhookTarget;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.QueryParameters;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What became of webhooks, and delivering them once more. */
@Singleton
public class DeliveryEndpoints {

    private static final String DELIVERY = "delivery";
    private static final Set<String> NAMES = Set.of("since", "until");

    /** Without {@code since}. */
    private static final Duration LAST = Duration.ofDays(7);

    /** There are no generations before the one time, and none need be looked for after the other. */
    private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final Redeliver redeliver;
    private final EndpointDeliveries endpoints;
    private final ManageEndpoints manage;
    private final InstantSource clock;

    public DeliveryEndpoints(
            Redeliver redeliver, EndpointDeliveries endpoints, ManageEndpoints manage, InstantSource clock) {
        this.redeliver = redeliver;
        this.endpoints = endpoints;
        this.manage = manage;
        this.clock = clock;
    }

    /** {@code GET /v1/generations/{id}/deliveries}. */
    ObjectNode ofGeneration(ApiGatewayRequest request, Caller caller) {
        return row(request, caller)
                .map(row -> StandingEndpoints.ok(DeliveryViews.deliveries(row)))
                .orElseGet(DeliveryEndpoints::noGeneration);
    }

    /** {@code POST /v1/generations/{id}/redeliver}: one delivery by its id in the query, or all of them. */
    ObjectNode redeliver(ApiGatewayRequest request, Caller caller) {
        var violations = QueryParameters.unknown(Set.of(DELIVERY), request);
        if (!violations.isEmpty()) {
            return invalid(violations);
        }
        var row = row(request, caller);
        if (row.isEmpty()) {
            return noGeneration();
        }
        if (!row.get().state().status().isTerminal()) {
            return HttpResponses.error(
                    ApiError.of(
                            ErrorCode.GENERATION_NOT_ENDED,
                            "The generation has not ended, so there is nothing to tell."),
                    WebhookEndpoints.DIALECT);
        }
        var wanted = wanted(request, row.get());
        if (wanted.isEmpty() && !request.queryValues(DELIVERY).isEmpty()) {
            return invalid(List.of(new Violation(DELIVERY, "is no delivery of this generation")));
        }
        var current = row.get();
        for (var target : wanted) {
            current = redeliver.redeliver(current, target);
        }
        return StandingEndpoints.ok(DeliveryViews.deliveries(current));
    }

    /** The target of the delivery in the query, or else all of them. */
    private static List<WebhookTarget> wanted(ApiGatewayRequest request, Generation row) {
        var ids = request.queryValues(DELIVERY);
        return Redeliver.deliveries(row).stream()
                .map(Delivery::target)
                .filter(target -> ids.isEmpty() || ids.contains(DeliverWebhookStep.id(row, target)))
                .toList();
    }

    private static ObjectNode invalid(List<Violation> violations) {
        return HttpResponses.error(ApiError.of(ErrorCode.INVALID_INPUT, violations), WebhookEndpoints.DIALECT);
    }

    private Optional<Generation> row(ApiGatewayRequest request, Caller caller) {
        return GenerationId.parse(request.pathParameter("id")).flatMap(id -> redeliver.find(id, caller.owner()));
    }

    private static ObjectNode noGeneration() {
        return HttpResponses.error(ApiError.noGeneration(), WebhookEndpoints.DIALECT);
    }

    /** {@code GET …/deliveries} and {@code POST …/redeliver} of a standing endpoint. */
    ObjectNode ofEndpoint(Route route, ApiGatewayRequest request, Caller caller) {
        var id = EndpointId.parse(request.pathParameter("id"))
                .filter(known -> manage.find(caller.key(), known).isPresent());
        if (id.isEmpty()) {
            return StandingEndpoints.notFound();
        }
        var violations = new ArrayList<>(QueryParameters.unknown(NAMES, request));
        var since = time("since", clock.instant().minus(LAST), request, violations);
        var until = time("until", clock.instant(), request, violations);
        if (!violations.isEmpty()) {
            return invalid(violations);
        }
        return StandingEndpoints.ok(view(
                route == Route.ENDPOINT_REDELIVER
                        ? endpoints.redeliver(caller, id.get(), since, until)
                        : endpoints.list(caller, id.get(), since, until)));
    }

    private static Instant time(String name, Instant otherwise, ApiGatewayRequest request, List<Violation> violations) {
        var values = request.queryValues(name);
        if (values.isEmpty()) {
            return otherwise;
        }
        return parsed(values.getFirst()).orElseGet(() -> {
            violations.add(new Violation(name, "must be a time such as 2026-11-23T12:00:00Z"));
            return otherwise;
        });
    }

    private static Optional<Instant> parsed(String text) {
        try {
            return Optional.of(Instant.parse(text)).filter(time -> time.isAfter(EARLIEST) && time.isBefore(LATEST));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static ObjectNode view(EndpointDeliveries.Page page) {
        var view = JsonNodeFactory.instance.objectNode().put("object", "list");
        var data = view.putArray("data");
        page.found().forEach(one -> DeliveryViews.write(one.row(), one.delivery(), data.addObject()));
        page.next().ifPresent(time -> view.put("next_until", time.toString()));
        return view;
    }
}
