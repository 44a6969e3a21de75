package dev.darkroom.local.iam;

import java.util.Set;

/**
 * A request for access.
 *
 * @param action such as {@code dynamodb:GetItem}
 * @param resource an ARN
 * @param leadingKeys the partition keys of the request; empty when it names none
 */
public record AccessRequest(String action, String resource, Set<String> leadingKeys) {

    public static AccessRequest to(String action, String resource) {
        return new AccessRequest(action, resource, Set.of());
    }
}
