package dev.darkroom.dynamodb;

import dev.darkroom.core.webhook.WebhookStore;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(TestTable.class)
class DynamoDbWebhookStoreTest extends WebhookStoreContract {

    private final WebhookStore webhooks;

    DynamoDbWebhookStoreTest(DynamoDbClient client) {
        this.webhooks = new DynamoDbWebhookStore(client, TestTable.CONFIG);
    }

    @Override
    WebhookStore webhooks() {
        return webhooks;
    }
}
