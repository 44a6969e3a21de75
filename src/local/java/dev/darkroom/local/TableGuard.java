package dev.darkroom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stands before DynamoDB Local, which allows everything to everybody. */
final class TableGuard implements HttpProxy.Filter {

    private static final JsonMapper JSON = new JsonMapper();

    /** DynamoDB Local has a database for each access key, and wants letters and digits in it. */
    private static final Pattern ACCESS_KEY = Pattern.compile("(?<=^AWS4-HMAC-SHA256 Credential=)[^/]*");

    private final Iam iam;

    TableGuard(Iam iam) {
        this.iam = iam;
    }

    @Override
    public void handle(HttpExchange exchange, String body, HttpProxy proxy) throws IOException, InterruptedException {
        var principal = Iam.principal(exchange);
        var access = access(exchange.getRequestHeaders().getFirst("X-Amz-Target"), JSON.readTree(body));
        if (iam.allows(principal, access)) {
            HttpProxy.answer(exchange, proxy.send(exchange, body, TableGuard::asAdministrator));
            return;
        }
        var refusal = Map.of(
                "__type", "com.amazon.coral.service#AccessDeniedException", "Message", Iam.message(principal, access));
        Http.answer(
                exchange, 400, Map.of("Content-Type", "application/x-amz-json-1.0"), JSON.writeValueAsBytes(refusal));
    }

    private static String asAdministrator(String header) {
        return ACCESS_KEY.matcher(header).replaceFirst(Iam.ADMINISTRATOR);
    }

    /** {@code target} is such as {@code DynamoDB_20120810.GetItem}. */
    private static Access access(String target, JsonNode request) {
        var table = request.path("TableName").asText();
        var resource = request.has("IndexName")
                ? Arns.index(table, request.path("IndexName").asText())
                : Arns.table(table);
        var action = "dynamodb:" + target.replaceFirst(".*\\.", "");
        return new Access(action, resource, leadingKeys(request));
    }

    /** Whichever of the two the action means. */
    private static Set<String> leadingKeys(JsonNode request) {
        return Stream.of("Item", "Key")
                .map(part -> request.path(part).path("id").path("S").textValue())
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }
}
