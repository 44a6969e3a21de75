package dev.darkroom.http.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.archive.Origin;
import dev.darkroom.core.text.Sha256;
import dev.darkroom.http.CostView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Where an image came from, as callers see it. It has the hash of the prompt and not the prompt. */
final class OriginView {

    private static final JsonMapper JSON = new JsonMapper();

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private OriginView() {}

    static ObjectNode of(Origin origin) {
        var generation = origin.generation();
        var view = JSON.createObjectNode()
                .put("id", generation.id().value())
                .put("model", generation.request().model().value())
                .put("created_at", time(generation.createdAt()))
                .put("finished_at", time(origin.finishedAt()))
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
            view.set("seed", input.path("seed"));
        }
        var cost = CostView.of(generation);
        if (cost != null) {
            view.putObject("cost")
                    .put("currency", cost.currency())
                    .put("amount", cost.amount())
                    .put("state", cost.state());
        }
        return view;
    }

    /** ISO-8601, always with milliseconds. */
    static String time(Instant instant) {
        return ISO.format(instant);
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
