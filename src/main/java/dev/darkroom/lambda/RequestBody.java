package dev.darkroom.lambda;

import dev.darkroom.domain.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a request. JSON is JSON whatever its content type says; what is none is named for what it is. */
sealed interface RequestBody {

    record Text(String text) implements RequestBody {}

    record Refused(Problem problem, Violation violation) implements RequestBody {}

    static RequestBody of(ApiGatewayRequest request) {
        var encodings = request.headerValues("content-encoding").stream()
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .toList();
        if (!encodings.isEmpty()) {
            return new Refused(
                    Problem.UNSUPPORTED_MEDIA_TYPE,
                    new Violation("Content-Encoding", "must be left out: send the body as it is, not compressed"));
        }
        return switch (RequestBytes.of(request)) {
            case RequestBytes.Refused(var problem, var violation) -> new Refused(problem, violation);
            case RequestBytes.Received(var bytes) ->
                text(bytes, request.header("content-type").orElse(""));
        };
    }

    private static RequestBody text(byte[] bytes, String contentType) {
        return switch (BodyForm.of(bytes, contentType)) {
            case JSON -> decoded(bytes);
            case FORM ->
                refused(
                        Problem.UNSUPPORTED_MEDIA_TYPE,
                        "is a form: send a JSON object with Content-Type: application/json");
            case MULTIPART ->
                refused(
                        Problem.UNSUPPORTED_MEDIA_TYPE,
                        "is a multipart form: send a JSON object with Content-Type: application/json");
            case GZIP -> refused(Problem.UNSUPPORTED_MEDIA_TYPE, "is compressed with gzip: send it as it is");
            case UTF_16 -> refused(Problem.INVALID_INPUT, "is UTF-16: send UTF-8");
        };
    }

    /** A byte order mark in front is skipped: some editors write it, and JSON's own rules allow to. */
    private static RequestBody decoded(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Text(text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (CharacterCodingException _) {
            return refused(Problem.INVALID_INPUT, "is not UTF-8");
        }
    }

    private static Refused refused(Problem problem, String message) {
        return new Refused(problem, new Violation("body", message));
    }
}
