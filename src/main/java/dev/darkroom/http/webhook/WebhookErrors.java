package dev.darkroom.http.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.Dialect;

/** The error answers to the sender of a webhook, which only logs them. */
final class WebhookErrors implements Dialect {

    static final WebhookErrors INSTANCE = new WebhookErrors();

    private WebhookErrors() {}

    @Override
    public String body(ApiError error) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", error.code().httpStatus())
                .put("message", error.message())
                .put("error_code", error.code().code())
                .toString();
    }
}
