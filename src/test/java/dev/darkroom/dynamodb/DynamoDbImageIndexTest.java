package dev.darkroom.dynamodb;

import dev.darkroom.core.archive.ImageIndex;
import java.time.InstantSource;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(TestTable.class)
class DynamoDbImageIndexTest extends ImageIndexContract {

    private final ImageIndex index;

    DynamoDbImageIndexTest(DynamoDbClient client) {
        this.index = new DynamoDbImageIndex(client, TestTable.CONFIG, InstantSource.system());
    }

    @Override
    ImageIndex index() {
        return index;
    }
}
