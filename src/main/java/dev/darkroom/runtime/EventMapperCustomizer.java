package dev.darkroom.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/**
 * Keeps the framework's mapper, which reads the events, from interning names of members: the names of headers and of
 * query parameters come from callers, and would stay in memory for good.
 */
@Singleton
class EventMapperCustomizer implements ObjectMapperCustomizer {

    @Override
    @SuppressWarnings("deprecation") // the framework builds its factory itself, and there is no other way to change it
    public void customize(ObjectMapper mapper) {
        mapper.getFactory()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES);
    }
}
