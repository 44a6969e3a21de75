package dev.darkroom.http.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.Dialect;
import java.util.stream.Collectors;

/** The error answers to the sender of a webhook, which only logs them. */
final class WebhookErrors implements Dialect {

    static final WebhookErrors INSTANCE = new WebhookErrors();

    private WebhookErrors() {}

    @Override
    public String body(ApiError error) {
        var message = error.violations().stream()
                .map(violation -> violation.field() + " " + violation.message())
                .collect(Collectors.joining("; "));
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", error.code().httpStatus())
                .put("message", message)
                .put("error_code", error.code().code())
                .toString();
    }
}
