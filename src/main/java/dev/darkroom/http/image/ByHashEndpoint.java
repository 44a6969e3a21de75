package dev.darkroom.http.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.archive.FindByContent;
import dev.darkroom.core.archive.FindByContent.Origin;
import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.text.Sha256;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpResponses;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** {@code GET /v1/images/by-hash/{sha256}}: which of the caller's own generations made a file. */
@Singleton
public class ByHashEndpoint {

    private static final JsonMapper JSON = new JsonMapper();

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final FindByContent findByContent;

    public ByHashEndpoint(FindByContent findByContent) {
        this.findByContent = findByContent;
    }

    /** {@code hash} is as it was sent. */
    public ObjectNode answer(ApiGatewayRequest request, String hash) {
        return ContentHash.parse(hash)
                .flatMap(content -> findByContent.find(request.owner(), content))
                .map(origin -> HttpResponses.ok(view(origin).toString()))
                .orElseGet(() -> HttpResponses.error(
                        ApiError.of(ErrorCode.IMAGE_NOT_FOUND, "None of your images that are kept has this content."),
                        ImageErrors.INSTANCE));
    }

    private static ObjectNode view(Origin origin) {
        var generation = origin.generation();
        var view = JSON.createObjectNode()
                .put("id", generation.id().value())
                .put("model", generation.request().model().value())
                .put("created_at", ISO.format(generation.createdAt()))
                .put("finished_at", ISO.format(origin.finishedAt()))
                .put("sha256", origin.facts().sha256().hex())
                .put("content_type", origin.facts().type().mediaType())
                .put("bytes", origin.facts().bytes())
                .put("width", origin.facts().width())
                .put("height", origin.facts().height());
        var input = input(generation.request().input());
        if (input.path("prompt").isTextual()) {
            view.put("prompt_sha256", hash(input.path("prompt").textValue()));
        }
        if (input.path("seed").isIntegralNumber()) {
            view.put("seed", input.path("seed").longValue());
        }
        return view;
    }

    private static JsonNode input(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }

    private static String hash(String prompt) {
        return HexFormat.of().formatHex(Sha256.digest().digest(prompt.getBytes(StandardCharsets.UTF_8)));
    }
}
