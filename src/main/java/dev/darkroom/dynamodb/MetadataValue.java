package dev.darkroom.dynamodb;

import dev.darkroom.core.generation.Metadata;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts metadata to a map of texts in a generation's item, and back. A row without metadata has no map. */
final class MetadataValue {

    private MetadataValue() {}

    static AttributeValue of(Metadata metadata) {
        return AttributeValue.fromM(metadata.pairs().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, pair -> Values.text(pair.getValue()))));
    }

    static Metadata read(@Nullable AttributeValue value) {
        return value == null
                ? Metadata.NONE
                : new Metadata(value.m().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, pair -> pair.getValue().s())));
    }
}
