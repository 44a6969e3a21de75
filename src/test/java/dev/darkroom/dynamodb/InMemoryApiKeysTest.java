package dev.darkroom.dynamodb;

import dev.darkroom.application.ApiKeys;
import dev.darkroom.application.InMemoryApiKeys;

class InMemoryApiKeysTest extends ApiKeysContract {

    private final ApiKeys keys = new InMemoryApiKeys();

    @Override
    ApiKeys keys() {
        return keys;
    }
}
