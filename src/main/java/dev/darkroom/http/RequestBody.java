package dev.darkroom.http;

import dev.darkroom.core.catalogue.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a request. JSON is accepted whatever its content type says; any other form is refused by its name. */
public sealed interface RequestBody {

    record Text(String text) implements RequestBody {}

    record Refused(ErrorCode code, Violation violation) implements RequestBody {}

    static RequestBody of(ApiGatewayRequest request) {
        var encodings = request.headerValues("content-encoding").stream()
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .toList();
        if (!encodings.isEmpty()) {
            return new Refused(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    new Violation("Content-Encoding", "must be left out: send the body as it is, not compressed"));
        }
        return switch (RequestBytes.of(request)) {
            case RequestBytes.Refused(var code, var violation) -> new Refused(code, violation);
            case RequestBytes.Received(var bytes) ->
                text(bytes, request.header("content-type").orElse(""));
        };
    }

    private static RequestBody text(byte[] bytes, String contentType) {
        return switch (BodyForm.of(bytes, contentType)) {
            case JSON -> decoded(bytes);
            case FORM ->
                refused(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "is a form: send a JSON object with Content-Type: application/json");
            case MULTIPART ->
                refused(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "is a multipart form: send a JSON object with Content-Type: application/json");
            case GZIP -> refused(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "is compressed with gzip: send it as it is");
            case UTF_16 -> refused(ErrorCode.INVALID_INPUT, "is UTF-16: send UTF-8");
        };
    }

    /** Skips a leading byte order mark: some editors write it, and the standard of JSON allows readers to skip it. */
    private static RequestBody decoded(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Text(text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (CharacterCodingException _) {
            return refused(ErrorCode.INVALID_INPUT, "is not UTF-8");
        }
    }

    private static Refused refused(ErrorCode code, String message) {
        return new Refused(code, new Violation("body", message));
    }
}
