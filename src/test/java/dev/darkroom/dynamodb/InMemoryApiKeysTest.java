package dev.darkroom.dynamodb;

import dev.darkroom.core.InMemoryApiKeys;
import dev.darkroom.core.account.ApiKeys;

class InMemoryApiKeysTest extends ApiKeysContract {

    private final ApiKeys keys = new InMemoryApiKeys();

    @Override
    ApiKeys keys() {
        return keys;
    }
}
