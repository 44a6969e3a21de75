package dev.darkroom.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.declared.Arns;
import dev.darkroom.local.iam.AccessRequest;
import dev.darkroom.local.iam.Iam;
import dev.darkroom.local.net.Http;
import dev.darkroom.local.net.HttpProxy;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the declared permissions before DynamoDB Local, which checks none itself. */
public final class DynamoDbIamProxy implements HttpProxy.Filter {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Replaced by one key for all: DynamoDB Local has a database per access key, and allows only letters and digits in
     * it.
     */
    private static final Pattern ACCESS_KEY = Pattern.compile("(?<=^AWS4-HMAC-SHA256 Credential=)[^/]*");

    private final Iam iam;

    public DynamoDbIamProxy(Iam iam) {
        this.iam = iam;
    }

    @Override
    public void handle(HttpExchange exchange, String body, HttpProxy proxy) throws IOException, InterruptedException {
        var principal = Iam.principal(exchange);
        var refused = accesses(exchange.getRequestHeaders().getFirst("X-Amz-Target"), JSON.readTree(body))
                .filter(access -> !iam.allows(principal, access))
                .findFirst();
        if (refused.isEmpty()) {
            HttpProxy.answer(exchange, proxy.send(exchange, body, DynamoDbIamProxy::asAdministrator));
            return;
        }
        var refusal = Map.of(
                "__type",
                "com.amazon.coral.service#AccessDeniedException",
                "Message",
                Iam.message(principal, refused.get()));
        Http.answer(
                exchange, 400, Map.of("Content-Type", "application/x-amz-json-1.0"), JSON.writeValueAsBytes(refusal));
    }

    private static String asAdministrator(String header) {
        return ACCESS_KEY.matcher(header).replaceFirst(Iam.ADMINISTRATOR);
    }

    /**
     * {@code target} is a value such as {@code DynamoDB_20120810.GetItem}. A transaction needs the permissions of its
     * parts, such as {@code UpdateItem} for its part {@code Update}.
     */
    private static Stream<AccessRequest> accesses(String target, JsonNode request) {
        var parts = request.path("TransactItems").valueStream().flatMap(JsonNode::propertyStream);
        return request.has("TransactItems")
                ? parts.map(part -> access(part.getKey() + "Item", part.getValue()))
                : Stream.of(access(target.replaceFirst(".*\\.", ""), request));
    }

    private static AccessRequest access(String operation, JsonNode request) {
        var tables = request.path("RequestItems");
        var table = tables.isEmpty()
                ? request.path("TableName").asText()
                : tables.fieldNames().next();
        var resource = request.has("IndexName")
                ? Arns.index(table, request.path("IndexName").asText())
                : Arns.table(table);
        return new AccessRequest("dynamodb:" + operation, resource, leadingKeys(request));
    }

    /** The partition keys of the request's {@code Item}, {@code Key} or {@code Keys}, whichever it has. */
    private static Set<String> leadingKeys(JsonNode request) {
        var one = Stream.of("Item", "Key").map(request::path);
        var many = request.path("RequestItems")
                .valueStream()
                .flatMap(table -> table.path("Keys").valueStream());
        return Stream.concat(one, many)
                .map(key -> key.path("id").path("S").textValue())
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }
}
