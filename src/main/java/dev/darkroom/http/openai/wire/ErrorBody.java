package dev.darkroom.http.openai.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.http.ApiError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error answer.
 *
 * @param id the gateway's own field: the generation that the error is about, or that may have been stored although the
 *     answer is an error; left out when nothing was stored
 */
@RegisterForReflection
record ErrorBody(
        Detail error,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String id) {

    /** Parts of a request that are not parameters; headers, whose names are in upper case, are none either. */
    private static final Set<String> NO_PARAMETERS = Set.of("body", "path", "method", "query");

    /**
     * What clients show.
     *
     * @param param the parameter that is wrong; null when none is
     */
    @RegisterForReflection
    record Detail(
            String message,
            String type,
            @JsonInclude @Nullable String param,
            String code) {}

    static ErrorBody of(ApiError error) {
        var kind = ErrorKind.of(error.code());
        var param = error.violations().stream()
                .map(Violation::field)
                .filter(field -> isParameter(field))
                .findFirst()
                .orElse(null);
        return new ErrorBody(
                new Detail(error.message(), kind.type(), param, kind.code()),
                error.id().map(GenerationId::value).orElse(null));
    }

    /** A body may have a member with an empty name. */
    private static boolean isParameter(String field) {
        return !NO_PARAMETERS.contains(field) && (field.isEmpty() || !Character.isUpperCase(field.codePointAt(0)));
    }
}
