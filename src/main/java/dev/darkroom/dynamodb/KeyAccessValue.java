package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.core.account.KeyAccess;
import dev.darkroom.core.account.KeyRole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The access of an API key as attributes of the key's item. A key of an earlier version has none of them. The time is
 * not in {@code expiresAt}, because the table would delete the item then.
 */
final class KeyAccessValue {

    static final List<String> ATTRIBUTES = List.of(Attributes.KEY_ROLE, Attributes.KEY_EXPIRES_AT);

    private KeyAccessValue() {}

    static Map<String, AttributeValue> of(KeyAccess access) {
        var attributes = new HashMap<String, AttributeValue>();
        attributes.put(Attributes.KEY_ROLE, text(access.role().title()));
        access.expiresAt().ifPresent(end -> attributes.put(Attributes.KEY_EXPIRES_AT, time(end)));
        return attributes;
    }

    /** A role that this version does not know may only read. */
    static KeyAccess read(Map<String, AttributeValue> item) {
        var role = item.get(Attributes.KEY_ROLE);
        return role == null
                ? KeyAccess.USUAL
                : new KeyAccess(
                        KeyRole.of(role.s()).orElse(KeyRole.READ),
                        Optional.ofNullable(item.get(Attributes.KEY_EXPIRES_AT)).map(Values::time));
    }
}
