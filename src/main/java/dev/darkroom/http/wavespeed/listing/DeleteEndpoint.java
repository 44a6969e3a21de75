package dev.darkroom.http.wavespeed.listing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.listing.DeleteGenerations;
import dev.darkroom.core.listing.DeleteGenerations.Deletion;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.QueryParameters;
import dev.darkroom.http.RequestJson;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /api/v3/predictions/delete}: deletes generations of the caller.
 *
 * @see <a href="https://www.wavespeed.ai/docs/delete-task">Delete Task</a>
 */
@Singleton
public class DeleteEndpoint {

    private static final int MAX_VIOLATIONS = 20;
    private static final String IDS = "ids";
    private static final String FORM =
            "is required and must be a list of at most %d texts".formatted(DeleteGenerations.MAX_IDS);

    private final DeleteGenerations deleteGenerations;

    public DeleteEndpoint(DeleteGenerations deleteGenerations) {
        this.deleteGenerations = deleteGenerations;
    }

    @RegisterForReflection
    record Count(@JsonProperty("deleted_count") int deletedCount) {}

    @RegisterForReflection
    record Envelope(int code, String message, Count data) {}

    private static final class Body {
        static final ObjectWriter WRITER = WaveSpeedDialect.writerFor(Envelope.class);
    }

    public ObjectNode answer(ApiGatewayRequest request, Owner owner) {
        var query = QueryParameters.violations(request);
        if (!query.isEmpty()) {
            return WaveSpeedDialect.error(ApiError.of(ErrorCode.INVALID_INPUT, query));
        }
        return switch (RequestJson.of(request)) {
            case RequestJson.Refused(var code, var violation) ->
                WaveSpeedDialect.error(ApiError.of(code, List.of(violation)));
            case RequestJson.Read(var object) -> answer(owner, object);
        };
    }

    private ObjectNode answer(Owner owner, ObjectNode body) {
        var members = new BodyMembers(body, List.of(IDS));
        var ids = members.member(IDS).flatMap(DeleteEndpoint::ids);
        if (ids.isEmpty()) {
            members.refuse(IDS, FORM);
        }
        return members.violations().isEmpty()
                ? delete(owner, ids.orElseThrow())
                : WaveSpeedDialect.error(ApiError.of(ErrorCode.INVALID_INPUT, members.violations()));
    }

    /** A text that is not an id is passed over like an id that does not exist. Empty when it is not a list of texts. */
    private static Optional<List<GenerationId>> ids(JsonNode list) {
        boolean isFitting = list.isArray()
                && list.size() <= DeleteGenerations.MAX_IDS
                && list.valueStream().allMatch(JsonNode::isTextual);
        return isFitting
                ? Optional.of(list.valueStream()
                        .flatMap(id -> GenerationId.parse(id.textValue()).stream())
                        .toList())
                : Optional.empty();
    }

    private ObjectNode delete(Owner owner, List<GenerationId> ids) {
        return switch (deleteGenerations.delete(owner, ids)) {
            case Deletion.Deleted(var count) ->
                HttpResponses.ok(WaveSpeedDialect.write(Body.WRITER, new Envelope(200, "success", new Count(count))));
            case Deletion.NotEnded(var open) ->
                WaveSpeedDialect.error(ApiError.of(
                        ErrorCode.GENERATION_NOT_ENDED,
                        open.stream()
                                .limit(MAX_VIOLATIONS)
                                .map(id -> new Violation(
                                        IDS, "has %s, which is not finished yet: delete it later".formatted(id)))
                                .toList()));
        };
    }
}
