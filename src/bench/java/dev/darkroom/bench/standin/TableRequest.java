package dev.darkroom.bench.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.bench.standin.LoopbackServer.Request;

/**
 * What the table was asked.
 *
 * @param operation such as {@code GetItem}
 */
record TableRequest(String operation, ObjectNode body) {

    private static final JsonMapper JSON = new JsonMapper();

    /** One without a JSON object is an {@link IllegalArgumentException}. */
    static TableRequest of(Request request) {
        var target = request.headers().getOrDefault("x-amz-target", "");
        try {
            return new TableRequest(target.replaceFirst(".*\\.", ""), JSON.readValue(request.body(), ObjectNode.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the table was sent no JSON object", e);
        }
    }

    /** The item's id; empty for a query. */
    String id() {
        return body.path(operation.equals("PutItem") ? "Item" : "Key")
                .path("id")
                .path("S")
                .asText();
    }

    /** The item's key, which is an item without any other attribute. */
    ObjectNode key() {
        return body.withObject("Key").deepCopy();
    }

    /** The value that stands in an expression under this name. */
    JsonNode value(String name) {
        return body.path("ExpressionAttributeValues").required(name);
    }

    /** Makes the item what an update makes of it; one in another form than the product's is an {@link IllegalArgumentException}. */
    ObjectNode appliedTo(ObjectNode item) {
        return new UpdateExpression(
                        expression("Update"),
                        body.path("ExpressionAttributeNames"),
                        body.path("ExpressionAttributeValues"))
                .appliedTo(item);
    }

    /** An expression of it; empty when it has none of this kind. */
    String expression(String kind) {
        return body.path(kind + "Expression").asText();
    }
}
