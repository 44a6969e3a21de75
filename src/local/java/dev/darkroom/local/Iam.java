package dev.darkroom.local;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Enforces the policies that {@code infra/roles} declares, and takes down which of them are needed. Every principal has its
 * name as its access key; signatures are not looked at.
 */
public final class Iam {

    /** The access key of whoever may do everything: the person at this machine. */
    static final String ADMINISTRATOR = "local";

    private static final Pattern CREDENTIAL = Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]*)/.*");

    private final Map<String, List<Statement>> policies;
    private final Map<Permission, Integer> used = new ConcurrentHashMap<>();
    private final Set<Permission> denied = ConcurrentHashMap.newKeySet();

    Iam(Map<String, List<Statement>> policies) {
        this.policies = policies;
    }

    /** Whose request it is. One that is not signed is the administrator's. */
    static String principal(HttpExchange exchange) {
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        var credential = CREDENTIAL.matcher(authorization == null ? "" : authorization);
        return credential.matches() ? credential.group(1) : ADMINISTRATOR;
    }

    boolean allows(String principal, Access access) {
        if (principal.equals(ADMINISTRATOR)) {
            return true;
        }
        boolean allowed = policies.getOrDefault(principal, List.of()).stream().anyMatch(it -> it.allows(access));
        var permission = new Permission(principal, access.action(), access.resource());
        if (allowed) {
            var _ = used.merge(permission, 1, Integer::sum);
        } else {
            denied.add(permission);
        }
        return allowed;
    }

    /** What AWS says to who is denied something. */
    static String message(String principal, Access access) {
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
                .flatMap(action ->
                        statement.resources().stream().map(resource -> new Permission(principal, action, resource)));
    }

    /** What was done under them. */
    public Set<Permission> used() {
        return Set.copyOf(used.keySet());
    }

    /** How often it was done. */
    public int times(Permission permission) {
        return used.getOrDefault(permission, 0);
    }

    /** What was asked for and not allowed. */
    public Set<Permission> denied() {
        return Set.copyOf(denied);
    }
}
