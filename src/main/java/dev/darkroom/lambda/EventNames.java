package dev.darkroom.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/**
 * Lets the framework's mapper, which reads the events, keep no names of members: those of headers and of the query are
 * the callers', and interned they would stay in memory for good.
 */
@Singleton
class EventNames implements ObjectMapperCustomizer {

    @Override
    @SuppressWarnings("deprecation") // the framework builds its factory itself, and there is no other way to change it
    public void customize(ObjectMapper mapper) {
        mapper.getFactory()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES);
    }
}
