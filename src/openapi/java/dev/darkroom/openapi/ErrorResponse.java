package dev.darkroom.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.openai.wire.OpenAiDialect;
import java.util.ArrayList;
import java.util.List;

/**
 * The response of one status.
 *
 * @param codes of the function's errors; empty when only API Gateway answers so
 * @param isOfGateway whether API Gateway itself answers so
 * @param body the schema of the function's errors
 */
record ErrorResponse(int status, List<ErrorCode> codes, boolean isOfGateway, String body) {

    /** The name of its component; equal responses have equal names. */
    String name() {
        var parts = new ArrayList<String>();
        parts.add(Integer.toString(status));
        codes.forEach(code -> parts.add(code.code()));
        if (isOfGateway) {
            parts.add("gateway");
        }
        if (!codes.isEmpty() && !body.equals("Error")) {
            parts.add(body);
        }
        return String.join("-", parts);
    }

    ObjectNode schema() {
        var gateway = reference("GatewayError");
        if (codes.isEmpty()) {
            return gateway;
        }
        if (!isOfGateway) {
            return ofFunction();
        }
        var either = JsonNodeFactory.instance.objectNode();
        either.putArray("anyOf").add(ofFunction()).add(gateway);
        return either;
    }

    /** The schema of errors with this status and these codes only. */
    private ObjectNode ofFunction() {
        var schema = JsonNodeFactory.instance.objectNode();
        var parts = schema.putArray("allOf").add(reference(body));
        var properties = parts.addObject().putObject("properties");
        var names = isOfOpenAi()
                ? detail(properties).putObject("code").putArray("enum")
                : properties.putObject("error_code").putArray("enum");
        codes.stream().map(this::nameOf).distinct().forEach(names::add);
        if (!isOfOpenAi()) {
            properties.putObject("code").put("const", status);
        }
        return schema;
    }

    /** The members of the object that OpenAI's errors are in. */
    private static ObjectNode detail(ObjectNode properties) {
        var parts = properties.putObject("error").putArray("allOf").add(reference("OpenAiErrorDetail"));
        return parts.addObject().putObject("properties");
    }

    /** Whether the errors have the form and the codes of OpenAI. */
    boolean isOfOpenAi() {
        return body.equals("OpenAiError");
    }

    /** The code as it is answered. */
    String nameOf(ErrorCode code) {
        return isOfOpenAi() ? OpenAiDialect.code(code) : code.code();
    }

    private static ObjectNode reference(String schema) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + schema);
    }
}
