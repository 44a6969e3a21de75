package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.archive.ImageIndex;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.image.ContentHash;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One small item for each content of an owner, which ends with the row. */
@Singleton
public class DynamoDbImageIndex implements ImageIndex {

    private final DynamoDbClient client;
    private final String table;
    private final Duration retention;
    private final InstantSource clock;

    public DynamoDbImageIndex(DynamoDbClient client, TableConfig config, InstantSource clock) {
        this.client = client;
        this.table = config.name();
        this.retention = config.retention();
        this.clock = clock;
    }

    @Override
    public void add(Owner owner, ContentHash content, ImageKey image) {
        Table.call(() -> client.putItem(put -> put.tableName(table)
                .item(Map.of(
                        Attributes.ID, text(key(owner, content)),
                        Attributes.IMAGE_ROW, text(image.row().value()),
                        Attributes.IMAGE_NUMBER, number(image.number()),
                        Attributes.EXPIRES_AT,
                                number(clock.instant().plus(retention).getEpochSecond())))));
    }

    @Override
    public Optional<ImageKey> find(Owner owner, ContentHash content) {
        var answer = Table.call(() -> client.getItem(get -> get.tableName(table)
                .key(Map.of(Attributes.ID, text(key(owner, content))))
                .consistentRead(true)));
        return answer.hasItem() ? Optional.of(image(answer.item())) : Optional.empty();
    }

    private static ImageKey image(Map<String, AttributeValue> item) {
        return new ImageKey(
                new GenerationId(Values.required(item, Attributes.IMAGE_ROW).s()),
                Math.toIntExact(number(Values.required(item, Attributes.IMAGE_NUMBER))));
    }

    /** The hash comes first, because its length is fixed and an owner's name is any text. */
    private static String key(Owner owner, ContentHash content) {
        return "image#%s#%s".formatted(content.hex(), owner.value());
    }
}
