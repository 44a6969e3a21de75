package dev.darkroom.http.wavespeed.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.core.archive.ImageRetention;
import dev.darkroom.core.archive.ImageRetention.Place;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.core.image.Mark;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway knows of an image that it keeps or tries to keep. All members but the first two are there only if the
 * image was copied.
 *
 * @param state {@code at_provider}, {@code kept}, {@code not_copied} or {@code expired}
 * @param reason why it was not copied; only there if it was not
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageView(
        String state,
        @Nullable String reason,
        @JsonProperty("content_type") @Nullable String contentType,
        @Nullable Long bytes,
        @Nullable String sha256,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable List<MarkView> marks) {

    /**
     * A mark that was found in the file. It is not verified.
     *
     * @param kind {@code c2pa}, {@code iptc_digital_source_type} or {@code png_text}
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MarkView(String kind, @Nullable String value) {

        static MarkView of(Mark mark) {
            return new MarkView(
                    mark.kind().name().toLowerCase(Locale.ROOT), mark.value().orElse(null));
        }
    }

    static ImageView of(Output output, Instant finishedAt, ImageRetention retention) {
        var place = retention.placeOf(output, finishedAt);
        return switch (output.copy()) {
            case ImageCopy.Kept(var facts) -> of(place, facts);
            case ImageCopy.NotCopied(var reason) -> without(place, reason);
            case ImageCopy.NotAllowed(var reason) -> without(place, reason);
            case ImageCopy.AtProvider() -> without(place, null);
        };
    }

    private static ImageView of(Place place, ImageFacts facts) {
        return new ImageView(
                name(place),
                null,
                facts.type().mediaType(),
                facts.bytes(),
                facts.sha256().hex(),
                facts.width(),
                facts.height(),
                facts.marks().stream().map(MarkView::of).toList());
    }

    private static ImageView without(Place place, @Nullable String reason) {
        return new ImageView(name(place), reason, null, null, null, null, null, null);
    }

    private static String name(Place place) {
        return place.name().toLowerCase(Locale.ROOT);
    }
}
