package dev.darkroom.http.wavespeed.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Writes views as JSON. Each view has a static writer, so that a native image holds it and builds none at a start. */
final class ViewJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private ViewJson() {}

    static ObjectWriter writerFor(Class<?> envelope) {
        return MAPPER.writerFor(envelope);
    }

    static String write(ObjectWriter writer, Object envelope) {
        try {
            return writer.writeValueAsString(envelope);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a response could not be written as JSON", e);
        }
    }
}
