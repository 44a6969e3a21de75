package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;

import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.image.ContentType;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.core.image.Mark;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Converts what became of an image's copy to a map in a list parallel to the outputs, and back. The map of an image
 * that is at its provider only is empty, and a row whose images all are has no list.
 */
final class ImageCopyValue {

    private static final ImageCopy AT_PROVIDER = new ImageCopy.AtProvider();

    private ImageCopyValue() {}

    static boolean isNeeded(List<Output> outputs) {
        return outputs.stream().anyMatch(output -> !output.copy().equals(AT_PROVIDER));
    }

    static AttributeValue of(ImageCopy copy) {
        return AttributeValue.fromM(
                switch (copy) {
                    case ImageCopy.AtProvider() -> Map.of();
                    case ImageCopy.NotCopied(var reason) -> Map.of(Attributes.NOT_COPIED, text(reason));
                    case ImageCopy.NotAllowed(var reason) ->
                        Map.of(
                                Attributes.NOT_COPIED,
                                text(reason),
                                Attributes.NOT_ALLOWED,
                                AttributeValue.fromBool(true));
                    case ImageCopy.Kept(var facts) -> of(facts);
                });
    }

    private static Map<String, AttributeValue> of(ImageFacts facts) {
        var map = new HashMap<>(Map.of(
                Attributes.BYTES, number(facts.bytes()),
                Attributes.CONTENT_TYPE, text(facts.type().name()),
                Attributes.SHA_256, binary(facts.sha256()),
                Attributes.WIDTH, number(facts.width()),
                Attributes.HEIGHT, number(facts.height())));
        if (!facts.marks().isEmpty()) {
            map.put(
                    Attributes.MARKS,
                    AttributeValue.fromL(
                            facts.marks().stream().map(ImageCopyValue::of).toList()));
        }
        return map;
    }

    /** Half as long as text. */
    private static AttributeValue binary(ContentHash hash) {
        return AttributeValue.fromB(SdkBytes.fromByteArray(HexFormat.of().parseHex(hash.hex())));
    }

    private static AttributeValue of(Mark mark) {
        var map = new HashMap<>(Map.of(Attributes.KIND, text(mark.kind().name())));
        mark.value().ifPresent(value -> map.put(Attributes.VALUE, text(value)));
        return AttributeValue.fromM(map);
    }

    /**
     * The copy of the image at this place; {@code copies} is null for a row without a list. What this version of the
     * gateway cannot read counts as not copied, because a row has to be readable whatever it says about copies.
     */
    static ImageCopy read(@Nullable AttributeValue copies, int place) {
        if (copies == null || place >= copies.l().size()) {
            return AT_PROVIDER;
        }
        try {
            return read(copies.l().get(place).m());
        } catch (RuntimeException _) {
            return new ImageCopy.NotCopied("the row's facts of the image cannot be read");
        }
    }

    private static ImageCopy read(Map<String, AttributeValue> map) {
        if (map.isEmpty()) {
            return AT_PROVIDER;
        }
        var reason = map.get(Attributes.NOT_COPIED);
        if (reason == null) {
            return new ImageCopy.Kept(facts(map));
        }
        return map.containsKey(Attributes.NOT_ALLOWED)
                ? new ImageCopy.NotAllowed(reason.s())
                : new ImageCopy.NotCopied(reason.s());
    }

    private static ImageFacts facts(Map<String, AttributeValue> map) {
        var marks = map.get(Attributes.MARKS);
        return new ImageFacts(
                number(Values.required(map, Attributes.BYTES)),
                ContentType.valueOf(
                        Values.required(map, Attributes.CONTENT_TYPE).s()),
                new ContentHash(HexFormat.of()
                        .formatHex(Values.required(map, Attributes.SHA_256).b().asByteArray())),
                Math.toIntExact(number(Values.required(map, Attributes.WIDTH))),
                Math.toIntExact(number(Values.required(map, Attributes.HEIGHT))),
                marks == null
                        ? List.of()
                        : marks.l().stream()
                                .map(mark -> mark(mark.m()))
                                .flatMap(Optional::stream)
                                .toList());
    }

    /** Empty for a kind that this version of the gateway does not know. */
    private static Optional<Mark> mark(Map<String, AttributeValue> map) {
        try {
            return Optional.of(new Mark(
                    Mark.Kind.valueOf(Values.required(map, Attributes.KIND).s()),
                    Optional.ofNullable(map.get(Attributes.VALUE)).map(AttributeValue::s)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
