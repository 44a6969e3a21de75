package dev.darkroom.http.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.Dialect;

/** The error answers to those who open a link, whatever program does. */
final class ImageErrors implements Dialect {

    static final ImageErrors INSTANCE = new ImageErrors();

    private ImageErrors() {}

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
