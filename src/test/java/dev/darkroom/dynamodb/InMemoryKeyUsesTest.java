package dev.darkroom.dynamodb;

import dev.darkroom.core.InMemoryKeyUses;
import dev.darkroom.core.account.KeyUses;

class InMemoryKeyUsesTest extends KeyUsesContract {

    private final InMemoryKeyUses uses = new InMemoryKeyUses();

    @Override
    KeyUses uses() {
        return uses;
    }
}
