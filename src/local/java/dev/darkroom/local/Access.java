package dev.darkroom.local;

import java.util.Set;

/**
 * What somebody asks to do.
 *
 * @param action such as {@code dynamodb:GetItem}
 * @param resource an ARN
 * @param leadingKeys the partition keys that are asked for; empty where there are none
 */
record Access(String action, String resource, Set<String> leadingKeys) {

    static Access to(String action, String resource) {
        return new Access(action, resource, Set.of());
    }
}
