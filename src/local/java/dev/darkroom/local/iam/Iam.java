package dev.darkroom.local.iam;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Enforces the policies that {@code infra/roles} declares, and records which permissions are used, as they are
 * declared: {@code images/*} and not the name of one image. Every principal has
 * its name as its access key; signatures are not checked.
 */
public final class Iam {

    /** The access key of the person at this machine, who may do everything. */
    public static final String ADMINISTRATOR = "local";

    private static final Pattern CREDENTIAL = Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]*)/.*");

    private final Map<String, List<Statement>> policies;
    private final Map<Permission, Integer> used = new ConcurrentHashMap<>();
    private final Set<Permission> denied = ConcurrentHashMap.newKeySet();

    public Iam(Map<String, List<Statement>> policies) {
        this.policies = policies;
    }

    /** The principal of a request; an unsigned request is from the administrator. */
    public static String principal(HttpExchange exchange) {
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        var credential = CREDENTIAL.matcher(authorization == null ? "" : authorization);
        return credential.matches() ? credential.group(1) : ADMINISTRATOR;
    }

    public boolean allows(String principal, AccessRequest access) {
        if (principal.equals(ADMINISTRATOR)) {
            return true;
        }
        var allowed = policies.getOrDefault(principal, List.of()).stream()
                .flatMap(statement -> statement.allowedResource(access).stream())
                .findFirst();
        var permission = new Permission(principal, access.action(), allowed.orElse(access.resource()));
        if (allowed.isPresent()) {
            var _ = used.merge(permission, 1, Integer::sum);
        } else {
            denied.add(permission);
        }
        return allowed.isPresent();
    }

    /** AWS's message for denied access. */
    public static String message(String principal, AccessRequest access) {
        return "User: arn:aws:sts::000000000000:assumed-role/%1$s/%1$s is not authorized to perform: %2$s on resource: %3$s because no identity-based policy allows the %2$s action"
                .formatted(principal, access.action(), access.resource());
    }

    /** What the policies allow. */
    public Set<Permission> declared() {
        return policies.entrySet().stream()
                .flatMap(policy ->
                        policy.getValue().stream().flatMap(statement -> permissions(policy.getKey(), statement)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Permission> permissions(String principal, Statement statement) {
        return statement.actions().stream()
                .flatMap(action -> statement.names().map(resource -> new Permission(principal, action, resource)));
    }

    /** The permissions that were used. */
    public Set<Permission> used() {
        return Set.copyOf(used.keySet());
    }

    /** How often a permission was used. */
    public int times(Permission permission) {
        return used.getOrDefault(permission, 0);
    }

    /** The permissions that were requested and denied. */
    public Set<Permission> denied() {
        return Set.copyOf(denied);
    }
}
