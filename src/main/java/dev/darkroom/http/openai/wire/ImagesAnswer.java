package dev.darkroom.http.openai.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.image.ImageBytes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The images of a generation.
 *
 * @param created in seconds since 1970
 * @param id the gateway's own field: the generation
 * @param model the gateway's own field: the model that drew the images
 * @param warnings the gateway's own field; only there when there is something to say about the request or its images
 */
@RegisterForReflection
public record ImagesAnswer(
        long created,
        List<Image> data,
        String id,
        String model,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {

    /** Either its address or the image itself, in base64. */
    @RegisterForReflection
    public record Image(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String url,

            @JsonProperty("b64_json") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String b64Json) {}

    /** What becomes of a parameter that the request has, if it is not what the parameter asks for. */
    @RegisterForReflection
    public record Warning(String field, String message) {}

    /** {@code links} are the addresses of the images. */
    public static ImagesAnswer ofLinks(Generation generation, List<String> links, Notices notices) {
        return of(generation, links.stream().map(link -> new Image(link, null)).toList(), notices);
    }

    public static ImagesAnswer ofImages(Generation generation, List<ImageBytes> images, Notices notices) {
        var encoder = Base64.getEncoder();
        return of(
                generation,
                images.stream()
                        .map(image -> new Image(null, encoder.encodeToString(image.array())))
                        .toList(),
                notices);
    }

    private static ImagesAnswer of(Generation generation, List<Image> data, Notices notices) {
        return new ImagesAnswer(
                generation.createdAt().getEpochSecond(),
                data,
                generation.id().value(),
                generation.request().model().value(),
                notices.warnings().stream()
                        .map(warning -> new Warning(warning.field(), warning.message()))
                        .toList());
    }
}
