package dev.darkroom.bench.stub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.bench.stub.LoopbackServer.Request;

/**
 * A request to the table.
 *
 * @param operation such as {@code GetItem}
 */
record TableRequest(String operation, ObjectNode body) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Throws an {@link IllegalArgumentException} when the body is not a JSON object. */
    static TableRequest of(Request request) {
        var target = request.headers().getOrDefault("x-amz-target", "");
        try {
            return new TableRequest(target.replaceFirst(".*\\.", ""), JSON.readValue(request.body(), ObjectNode.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body of a request to the table is not a JSON object", e);
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

    /** The value of a placeholder in the expressions. */
    JsonNode value(String name) {
        return body.path("ExpressionAttributeValues").required(name);
    }

    /** Applies the update to an item; throws an {@link IllegalArgumentException} when its form is not the product's. */
    ObjectNode appliedTo(ObjectNode item) {
        return new UpdateExpression(
                        expression("Update"),
                        body.path("ExpressionAttributeNames"),
                        body.path("ExpressionAttributeValues"))
                .appliedTo(item);
    }

    /** The expression of a kind, such as {@code Condition}; empty when the request has none. */
    String expression(String kind) {
        return body.path(kind + "Expression").asText();
    }
}
